<?php
// The success page of the classic exercise, in PHP: nginx has asked Gatelodge who it is before anything arrives here.
// REMOTE_USER and its like are nginx's text overrides. Headers from outside come as HTTP_..., so nobody can forge these.
function told(string $name): string {
    return htmlspecialchars(rawurldecode($_SERVER[$name]));
}
header('Cache-Control: no-store');
?>
<!doctype html><title>Success</title>
<h1>Hello, <?= told('REMOTE_NAME') ?>!</h1>
<p>Your id is <code><?= told('REMOTE_USER') ?></code>, your address <?= told('REMOTE_EMAIL') ?>.
You asked for <?= htmlspecialchars($_SERVER['REQUEST_URI']) ?>.</p>
<a href="/account">Your account</a> <a href="/logout">Log out</a>
