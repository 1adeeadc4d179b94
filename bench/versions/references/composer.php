<?php
// Reads `c<TAB>a<TAB>b` (order) and `s<TAB>version<TAB>range` lines; answers with Composer's own parser and comparator.
require_once 'Composer/Semver/autoload.php';
$parser = new Composer\Semver\VersionParser();
while (($line = fgets(STDIN)) !== false) {
    [$kind, $left, $right] = explode("\t", rtrim($line, "\n"));
    try {
        $a = $parser->normalize($left);
        if ($kind === 'c') {
            $b = $parser->normalize($right);
            if (strpos($a, 'dev-') === 0 || strpos($b, 'dev-') === 0) echo $a === $b ? "0\n" : "!\n";
            else echo version_compare($a, $b), "\n";
        } else {
            $provided = new Composer\Semver\Constraint\Constraint('==', $a);
            echo $parser->parseConstraints($right)->matches($provided) ? "1\n" : "0\n";
        }
    } catch (\Throwable $e) {
        echo "!\n";
    }
}
