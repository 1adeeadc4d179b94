-- Reads `c<TAB>a<TAB>b` lines from the file named in PAIRS; answers with RPM's own comparison.
for line in io.lines(os.getenv('PAIRS')) do
  local left, right = line:match('^c\t([^\t]*)\t([^\t]*)$')
  local good, answer = pcall(rpm.vercmp, left, right)
  io.stdout:write(good and answer or '!', '\n')
end
