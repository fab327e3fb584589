using System.Text;
using WixInbox.Errors;
using WixInbox.Internal;
using WixInbox.Rows;
using WixInbox.Sending;

namespace WixInbox;

/// <summary>
/// The findings about all rows of a file before any is sent: how many are valid, the problems of the others, the
/// recipients and the columns that name them, the columns that the script blocks read, the repetitions, and the
/// requests and the time that sending would take.
/// </summary>
/// <remarks>
/// Of a row, its recipient and a hash of its text are kept, by which a second one is known; of all, the shortest and
/// the longest text.
/// </remarks>
public sealed class MessageTestSummary
{
    private const int MostLines = 4;
    private const int LongestAdvice = 240;

    private readonly SendPlan _plan;
    private readonly string[] _columns;
    private readonly Dictionary<string, RowTally> _problems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RowTally> _recipients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RowTally> _optOuts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RowTally> _emptyColumns = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<Recipient> _seen = [];
    private readonly HashSet<Guid> _texts = [];
    private readonly int[] _lengths = new int[s_lengths.Length];

    // The upper end of each class of lengths. The last but one is Wix's limit for a text, of which a message may have
    // several.
    private static readonly int[] s_lengths = [100, 500, 2_000, 16_384, int.MaxValue];

    internal MessageTestSummary(SendPlan plan, IEnumerable<RowBlock> blocks)
    {
        _plan = plan;
        _columns = [.. blocks.SelectMany(block => block.Columns).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Gets how many rows came.</summary>
    public int Rows { get; private set; }

    /// <summary>Gets how many rows may be sent.</summary>
    public int Valid { get; private set; }

    /// <summary>Gets what is wrong with the others, by the id of the error, the most frequent first.</summary>
    public RowTally[] Problems => Sorted(_problems.Values);

    /// <summary>Gets the columns or parameters that named the recipient: the first filled one counts.</summary>
    public RowTally[] Recipients => Sorted(_recipients.Values);

    /// <summary>Gets the rows whose recipient an earlier row has.</summary>
    public RowTally RepeatedRecipients { get; } = new(nameof(RepeatedRecipients));

    /// <summary>Gets the rows whose recipient and message an earlier row has.</summary>
    public RowTally Duplicates { get; } = new(nameof(Duplicates));

    /// <summary>Gets the rows whose text an earlier row has, whoever it is for.</summary>
    public RowTally EqualTexts { get; } = new(nameof(EqualTexts));

    /// <summary>Gets the rows that say that their person wants no messages, by the column that says so.</summary>
    public RowTally[] OptOuts => Sorted(_optOuts.Values);

    /// <summary>Gets the columns that the script blocks read, as their source shows them.</summary>
    public string[] ColumnsRead => [.. _columns];

    /// <summary>
    /// Gets those of these columns that are empty or missing in some rows, or hold a word such as NULL.
    /// </summary>
    public RowTally[] EmptyColumns => Sorted(_emptyColumns.Values);

    /// <summary>
    /// Gets the rows whose text has a gap, because a column that a block reads is empty ("Hi , your order is ready."),
    /// or a word that stands for an empty value ("Hi NULL, your order is ready."). A block that handles the empty
    /// column leaves neither.
    /// </summary>
    public RowTally Gaps { get; } = new(nameof(Gaps));

    /// <summary>Gets the shortest text of a valid row; null if none has a text.</summary>
    public string? ShortestText { get; private set; }

    /// <summary>Gets the longest text of a valid row; null if none has a text.</summary>
    public string? LongestText { get; private set; }

    /// <summary>Gets how many requests the valid rows would take.</summary>
    public long Requests => _plan.Requests;

    /// <summary>Gets how many minutes these take at the pace of the API: 0 for less than one.</summary>
    public long Minutes => _plan.Minutes;

    /// <summary>Gets all of it for a person.</summary>
    /// <returns>Some 20 lines.</returns>
    public override string ToString()
    {
        var lines = new StringBuilder();
        Add("Rows", Words.Number(Rows));
        Add("Valid", Words.Number(Valid));
        Add("Problems", Several(Problems));
        Add("Recipients", Several(Recipients));
        Add("Same person again", RepeatedRecipients.Describe());
        Add("Same message again", Duplicates.Describe());
        Add("Want no messages", Several(OptOuts));
        Add("Columns read", _columns.Length == 0 ? ["none"] : [string.Join(", ", _columns)]);
        Add("Empty in", Several(EmptyColumns));
        Add("Gaps in the text", Gaps.Describe());
        Add("Same text again", EqualTexts.Describe());
        Add("Characters", _lengths.Sum() == 0 ? ["none"] : [Lengths()]);
        if (ShortestText is not null)
        {
            Add("Shortest text", Sample(ShortestText));
            Add("Longest text", Sample(LongestText!));
        }

        Add("Cost", _plan.DescribeCost());
        return lines.ToString().TrimEnd();

        void Add(string label, params string[] values)
        {
            for (var index = 0; index < values.Length; index++)
            {
                lines.Append((index == 0 ? label : string.Empty).PadRight(18)).Append(index == 0 ? " : " : "   ");
                lines.Append(values[index]).Append('\n');
            }
        }
    }

    /// <summary>Takes a row.</summary>
    /// <param name="row">The row, which has a number.</param>
    /// <param name="request">What would be sent.</param>
    /// <param name="problems">What is wrong with it.</param>
    /// <param name="isDuplicate">Whether an earlier row has the same recipient and message.</param>
    /// <returns>Whether the row is valid and should be looked at nevertheless.</returns>
    internal bool Add(Row row, SendMessageRequest request, IReadOnlyList<RowViolation> problems, bool isDuplicate)
    {
        Rows++;
        var number = row.Number ?? Rows;
        foreach (var problem in problems.GroupBy(problem => problem.Rule, StringComparer.Ordinal))
        {
            Tally(_problems, problem.Key, number, problem.First().ToString());
        }

        if (row.OptOut is { } optOut)
        {
            Tally(_optOuts, ValueSource.Column(optOut.Column).ToString(), number);
        }

        if (row.Recipient is { } recipient)
        {
            Tally(_recipients, row.NameOf(RecipientParameters.NameOf(recipient.Kind)).ToString(), number);
            if (!_seen.Add(recipient))
            {
                RepeatedRecipients.Add(number);
            }
        }

        var hasGap = false;
        foreach (var column in _columns)
        {
            if (row.NothingIn(column) is { } nothing)
            {
                // What Excel has cut is wrong, and not empty.
                if (!EmptyText.IsCut(nothing))
                {
                    Tally(_emptyColumns, column, number);
                }

                hasGap |= request.Message?.Text is { } text && TextGaps.HasGap(text, nothing);
            }
        }

        if (hasGap)
        {
            Gaps.Add(number);
        }

        if (isDuplicate)
        {
            Duplicates.Add(number);
        }

        if (problems.Count > 0)
        {
            return false;
        }

        Valid++;
        AddText(request, number);
        return isDuplicate || hasGap;
    }

    private void AddText(SendMessageRequest request, int number)
    {
        if (request.Message?.Text is not { } text)
        {
            return;
        }

        if (!_texts.Add(new BulkMessage(null, request).HashContent()))
        {
            EqualTexts.Add(number);
        }

        var length = LengthOf(text);
        _lengths[Array.FindIndex(s_lengths, longest => length <= longest)]++;
        ShortestText = ShortestText is null || length < LengthOf(ShortestText) ? text : ShortestText;
        LongestText = LongestText is null || length > LengthOf(LongestText) ? text : LongestText;
    }

    private static void Tally(
        Dictionary<string, RowTally> tallies, string name, int row, string? example = null)
    {
        if (!tallies.TryGetValue(name, out var tally))
        {
            tallies.Add(name, tally = new RowTally(name));
        }

        tally.Add(row, example);
    }

    private static RowTally[] Sorted(IEnumerable<RowTally> tallies) =>
        [.. tallies.OrderByDescending(tally => tally.Count)];

    private static string[] Several(RowTally[] tallies) => tallies.Length == 0
        ? ["none"]
        :
        [
            .. tallies.Take(MostLines).SelectMany(LinesOf),
            .. tallies.Length > MostLines
                ? [$"and {Words.Number(tallies.Length - MostLines)} more"]
                : Array.Empty<string>(),
        ];

    private static IEnumerable<string> LinesOf(RowTally tally) =>
        tally.Example is null
            ? [tally.ToString()]
            : [tally.ToString(), "  " + Words.Shorten(tally.Example, LongestAdvice)];

    // Surrogate pairs count once, as in the limits that a text is held to.
    private static int LengthOf(string text) => text.Count(letter => !char.IsLowSurrogate(letter));

    private static string Sample(string text)
    {
        var line = FormatText.Line(text);
        return $"{Words.Number(LengthOf(text))}: {Words.Shorten(line)}";
    }

    private string Lengths() => string.Join(
        ", ",
        s_lengths
            .Select((longest, index) => (Longest: longest, Count: _lengths[index]))
            .Where(one => one.Count > 0)
            .Select(one =>
                (one.Longest == int.MaxValue
                    ? $"more than {Words.Number(s_lengths[s_lengths.Length - 2])}"
                    : $"up to {Words.Number(one.Longest)}")
                + $" in {Words.Count(one.Count, "row")}"));
}
