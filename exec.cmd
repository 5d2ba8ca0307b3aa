@rem Scripts of package.json say `exec`, so that signals reach the program itself and not a shell around it. Windows has no such word: there it is this file.
@%*
