// Reads `c<TAB>a<TAB>b` lines; answers with the order that the go command uses.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/semver"
)

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for scanner.Scan() {
		parts := strings.Split(scanner.Text(), "\t")
		if !semver.IsValid(parts[1]) || !semver.IsValid(parts[2]) {
			fmt.Fprintln(out, "!")
			continue
		}
		fmt.Fprintln(out, semver.Compare(parts[1], parts[2]))
	}
}
