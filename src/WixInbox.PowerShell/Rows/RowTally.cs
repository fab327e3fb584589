using WixInbox.Errors;

namespace WixInbox;

/// <summary>The number of rows that have something in common, and the first of them.</summary>
public sealed class RowTally
{
    private const int MostRows = 5;
    private const int MostExamples = 20;

    private readonly List<int> _firstRows = [];
    private readonly List<string> _examples = [];

    internal RowTally(string name)
    {
        Name = name;
    }

    /// <summary>Gets the thing that the rows have in common: the id of an error, or a column or parameter.</summary>
    public string Name { get; }

    /// <summary>Gets how many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the numbers of the first rows: at most five.</summary>
    public int[] FirstRows => [.. _firstRows];

    /// <summary>Gets the count and the first rows.</summary>
    /// <returns>For example <c>TextTooLong: 3 rows (4, 9, 12)</c>.</returns>
    public override string ToString() => $"{Name}: {Describe()}";

    /// <summary>Gets the first row's problem and its correction; null if the rows have no problem.</summary>
    public string? Example => _examples.FirstOrDefault();

    /// <summary>Gets the first examples that differ: at most twenty.</summary>
    internal IReadOnlyList<string> Examples => _examples;

    internal string Describe() => Count == 0
        ? "none"
        : $"{Words.Count(Count, "row")} ({string.Join(", ", _firstRows)}"
            + (Count > _firstRows.Count ? ", …)" : ")");

    internal void Add(int row, string? example = null)
    {
        Count++;
        if (example is not null && _examples.Count < MostExamples && !_examples.Contains(example))
        {
            _examples.Add(example);
        }

        if (_firstRows.Count < MostRows)
        {
            _firstRows.Add(row);
        }
    }
}
