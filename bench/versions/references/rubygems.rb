# Reads `c<TAB>a<TAB>b` (order) and `s<TAB>version<TAB>range` lines; answers with RubyGems' own classes.
require "rubygems"

$stdin.each_line(chomp: true) do |line|
  kind, left, right = line.split("\t", -1)
  begin
    if kind == "c"
      puts Gem::Version.new(left) <=> Gem::Version.new(right)
    else
      requirement = Gem::Requirement.new(right.split(",").map(&:strip))
      puts requirement.satisfied_by?(Gem::Version.new(left)) ? 1 : 0
    end
  rescue ArgumentError
    puts "!"
  end
end
