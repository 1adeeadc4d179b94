# Reads `c<TAB>a<TAB>b` (order) and `s<TAB>version<TAB>range` lines; answers with Elixir's own Version.
IO.stream(:stdio, :line)
|> Enum.each(fn line ->
  [kind, left, right] = line |> String.trim_trailing("\n") |> String.split("\t")

  answer =
    try do
      case kind do
        "c" -> %{lt: -1, eq: 0, gt: 1}[Version.compare(left, right)]
        "s" -> if Version.match?(left, right), do: 1, else: 0
      end
    rescue
      _ -> "!"
    end

  IO.puts(answer)
end)
