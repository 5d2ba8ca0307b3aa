// A sentence with a name or an address in it: what is right-to-left turns no words around, and nothing translates it.

/** @param words the sentence, with `name` in it. */
export const WithName = ({ words, name }: { words: string; name: string }) => {
  const at = name === '' ? -1 : words.lastIndexOf(name)
  if (at < 0) return <>{words}</>
  return (
    <>
      {words.slice(0, at)}
      <bdi translate="no">{name}</bdi>
      {words.slice(at + name.length)}
    </>
  )
}
