module reference

go 1.22

require golang.org/x/mod v0.38.0
