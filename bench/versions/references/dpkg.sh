#!/bin/sh
# Reads `c<TAB>a<TAB>b` lines; answers with dpkg's own comparison. Two processes a pair: a few thousand pairs are enough.
tab=$(printf '\t')
while IFS="$tab" read -r kind left right; do
  if dpkg --compare-versions "$left" eq "$right" 2>/dev/null; then echo 0
  elif dpkg --compare-versions "$left" lt "$right" 2>/dev/null; then echo -1
  else echo 1
  fi
done
