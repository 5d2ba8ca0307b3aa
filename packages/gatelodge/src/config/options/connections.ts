// Written from config/settings/ by `npm run docs`: what an editor shows of each setting.
import type { SettingsInput } from '../schema.ts'

export interface ConnectionsOptions {
  /**
   * Providers that people can log in with, in the order of their buttons: a list of `{ name, clientId, clientSecret }`. `name` is `google`, `github`, `gitlab`, `microsoft` or `apple`; any other name also needs `issuer`, the address of a provider that speaks OpenID Connect. See docs/integrating/providers.md for the rest. Default: none.
   *
   * @default none
   * @example [{"name": "work", "label": "Acme", "issuer": "https://id.example.org", "clientId": "…", "clientSecret": "…"}]
   */
  connections?: SettingsInput['connections'] | undefined
  /**
   * Whether the buttons of these providers are below or above the form for address and password.
   *
   * One of `below`, `above`.
   * @default below
   * @example above
   */
  connectionButtons?: SettingsInput['connectionButtons'] | undefined
  /**
   * Where native apps may have the browser sent back to after a login by a provider, separated by commas: an https address that the app has claimed, or a scheme of its own. Default: none.
   *
   * Addresses, separated by commas, or an array of them.
   * @default none
   * @example org.example.app:/login-done
   */
  appRedirects?: SettingsInput['appRedirects'] | undefined
  /**
   * The client ID that Google gave to your site. With its secret, people can log in with Google. Default: none.
   *
   * One line of text, at most 500 characters.
   * @example 1234-abcd.apps.googleusercontent.com
   */
  googleClientId?: SettingsInput['googleClientId'] | undefined
  /**
   * The client secret that Google gave to your site. Default: none.
   *
   * @example a file: GATELODGE_…_CLIENT_SECRET_FILE
   */
  googleClientSecret?: SettingsInput['googleClientSecret'] | undefined
  /**
   * The client ID that GitHub gave to your site. With its secret, people can log in with GitHub. Default: none.
   *
   * One line of text, at most 500 characters.
   * @example Iv1.0123456789abcdef
   */
  githubClientId?: SettingsInput['githubClientId'] | undefined
  /**
   * The client secret that GitHub gave to your site. Default: none.
   *
   * @example a file: GATELODGE_…_CLIENT_SECRET_FILE
   */
  githubClientSecret?: SettingsInput['githubClientSecret'] | undefined
  /**
   * The client ID that GitLab gave to your site. With its secret, people can log in with GitLab. Default: none.
   *
   * One line of text, at most 500 characters.
   * @example 0123456789abcdef
   */
  gitlabClientId?: SettingsInput['gitlabClientId'] | undefined
  /**
   * The client secret that GitLab gave to your site. Default: none.
   *
   * @example a file: GATELODGE_…_CLIENT_SECRET_FILE
   */
  gitlabClientSecret?: SettingsInput['gitlabClientSecret'] | undefined
  /**
   * The client ID that Microsoft gave to your site. With its secret, people can log in with Microsoft. Default: none.
   *
   * One line of text, at most 500 characters.
   * @example 00000000-0000-0000-0000-000000000000
   */
  microsoftClientId?: SettingsInput['microsoftClientId'] | undefined
  /**
   * The client secret that Microsoft gave to your site. Default: none.
   *
   * @example a file: GATELODGE_…_CLIENT_SECRET_FILE
   */
  microsoftClientSecret?: SettingsInput['microsoftClientSecret'] | undefined
  /**
   * The client ID that Apple gave to your site. With its secret, people can log in with Apple. Default: none.
   *
   * One line of text, at most 500 characters.
   * @example org.example.accounts
   */
  appleClientId?: SettingsInput['appleClientId'] | undefined
  /**
   * The client secret for Apple: a JWT that you sign with your key and that works for six months at most. With `connections` you give the key instead, and Gatelodge signs a new one whenever it needs it. Default: none.
   *
   * @example a file: GATELODGE_APPLE_CLIENT_SECRET_FILE
   */
  appleClientSecret?: SettingsInput['appleClientSecret'] | undefined
}
