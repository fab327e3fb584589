using System.Collections;
using System.Management.Automation;
using WixInbox.Commands;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// Reads rows: their columns, through <see cref="ColumnNames"/>, and the script blocks that were typed. What was typed
/// goes before columns. Nothing that a row does ends the pipeline: a property or a block that throws is that row's own
/// problem.
/// </summary>
internal sealed class RowReader
{
    private const int LongestMeant = 300;
    private const string Notification = "SendNotification";

    private static readonly string[] s_where = [nameof(SiteCommand.Connection), nameof(SiteCommand.SiteId)];

    private readonly PSCmdlet _cmdlet;
    private readonly RecipientReader _recipients;
    private readonly string[] _content;
    private readonly Dictionary<string, object?> _typed = new(StringComparer.Ordinal);
    private readonly List<RowBlock> _blocks = [];
    private readonly List<BlockMistakes> _mistakes = [];
    private readonly bool _isWhereTyped;
    private RowShape _shape = RowShape.None;

    /// <summary>
    /// Initializes a new instance of the <see cref="RowReader"/> class, before the first row. The cmdlet ends with an
    /// error if a value that was typed cannot be used.
    /// </summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="who">Its parameters that name somebody, the preferred one first.</param>
    /// <param name="content">Its parameters that a column may fill with what is said.</param>
    /// <param name="ofText">
    /// Gets the parameter of <paramref name="who"/> that a row fills when the row is plain text, or null if it fills
    /// none. Null for a cmdlet that sends. A cmdlet that does not send takes several values for each of these
    /// parameters.
    /// </param>
    public RowReader(PSCmdlet cmdlet, string[] who, string[] content, Func<string, string?>? ofText = null)
    {
        _cmdlet = cmdlet;
        var seenIn = new Dictionary<string, RowShape>(StringComparer.OrdinalIgnoreCase);
        var bound = cmdlet.MyInvocation.BoundParameters;
        foreach (var parameter in bound)
        {
            if (parameter.Value is RowValue { Block: { } block } value)
            {
                var rowBlock = new RowBlock(parameter.Key, RowBlock.InnermostOf(block), value.Type);
                var mistakes = new BlockMistakes(cmdlet, rowBlock, seenIn);
                if (mistakes.FindWayOut() is { } statement)
                {
                    cmdlet.ThrowTerminatingError(ParameterErrors.BlockLeavesPipeline(parameter.Key, statement));
                }

                if (mistakes.FindCounter() is var (variable, source))
                {
                    cmdlet.ThrowTerminatingError(ParameterErrors.BlockCountsAnew(parameter.Key, variable, source));
                }

                _blocks.Add(rowBlock);
                _mistakes.Add(mistakes);
                _typed[parameter.Key] = null;
            }
            else if (ofText is not null
                && parameter.Value is RowValue { Value: IList several }
                && who.Contains(parameter.Key))
            {
                _typed[parameter.Key] = several.Cast<object?>().Select(LanguagePrimitives.ConvertTo<string>).ToArray();
            }
            else
            {
                _typed[parameter.Key] =
                    parameter.Value is RowValue literal ? Literal(parameter.Key, literal) : parameter.Value;
            }
        }

        _recipients = new RecipientReader(cmdlet, who, _blocks, ofText);
        _isWhereTyped = s_where.Any(bound.ContainsKey);
        _content = [.. content.Where(parameter => !bound.ContainsKey(parameter))];
        if (cmdlet.MyInvocation.ExpectingInput && TypedValues.FindMissing(cmdlet) is { } missing)
        {
            cmdlet.ThrowTerminatingError(missing);
        }
    }

    /// <inheritdoc cref="RecipientReader.NamesIn"/>
    public IReadOnlyList<PersonName> NamesIn(Row row) => _recipients.NamesIn(row);

    /// <inheritdoc cref="RecipientReader.IsFixed"/>
    public bool IsFixed => _recipients.IsFixed;

    /// <summary>Gets the script blocks that were typed.</summary>
    public IReadOnlyList<RowBlock> Blocks => _blocks;

    /// <summary>
    /// Gets the variables that are set nowhere and stand in the texts of script blocks, each with the parameter that
    /// has the block.
    /// </summary>
    public IEnumerable<(string Parameter, UnsetVariable Variable)> UnsetInTexts =>
        _mistakes.SelectMany(one => one.UnsetInTexts, (one, variable) => (one.Block.Parameter, variable));

    /// <summary>Gets a value indicating whether the content was given whole.</summary>
    public bool IsPrebuilt { get; init; }

    /// <summary>Gets the function that tells whether a check of texts is on.</summary>
    public Func<TextCheck, bool> IsOn { get; init; } = _ => true;

    /// <summary>
    /// Gets a value indicating whether the consent of recipients is checked; null for rows to which nothing is sent.
    /// </summary>
    public bool? AsksConsent { get; init; }

    /// <summary>Gets how many rows have come.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Takes the row that has come, and finds its columns. No column is read, and no script block is run.
    /// </summary>
    public Row Take(PSObject? input)
    {
        Count++;
        var columns = RowShape.ColumnsIn(input);
        PSPropertyInfo[] properties = [];
        if (columns is not null)
        {
            _shape = RowShape.Of(columns, _shape, out properties);
        }

        return new Row(
            _cmdlet.MyInvocation.ExpectingInput ? Count : null,
            input,
            columns,
            columns is null ? RowShape.None : _shape,
            _typed)
        {
            IsPrebuilt = IsPrebuilt,
            Properties = properties,
        };
    }

    /// <summary>Takes the row that has come, and reads it.</summary>
    public Row Read(PSObject? input)
    {
        var row = Take(input);
        Read(row);
        return row;
    }

    /// <summary>Reads the row that has come, once for each of several ids or addresses that were typed.</summary>
    public IEnumerable<Row> ReadEach(PSObject? input)
    {
        var row = Read(input);
        return row.Several is { } several && row.Problems.Count == 0 ? several.Select(row.For) : [row];
    }

    /// <summary>Reads a row.</summary>
    public void Read(Row row)
    {
        if (row.Input is null && row.Number is not null)
        {
            row.Problems.Add(
                new RowViolation(row, null, ErrorIds.RowMissing, "The row is $null, from which nothing can be read."));
            return;
        }

        foreach (var mistakes in _mistakes)
        {
            Run(mistakes, row);
        }

        _recipients.Read(row);
        row.Contacts = _recipients.ContactsIn(row, AsksConsent);
        ReadWhere(row);
        if (!row.IsSaid)
        {
            foreach (var parameter in _content)
            {
                if (parameter == Notification)
                {
                    ReadNotification(row);
                }
                else
                {
                    ReadContent(parameter, row);
                }
            }
        }

        _recipients.ReadOptOut(row);
    }

    private object? Literal(string parameter, RowValue value)
    {
        if (HashtableProblems.FindBlock(value.Value, value.Type) is { } meant)
        {
            _cmdlet.ThrowTerminatingError(ParameterErrors.BlockInside(parameter, meant));
        }

        var made = RowValues.Convert(value.Value, value.Type);
        if (made.Problem is { } problem)
        {
            _cmdlet.ThrowTerminatingError(ParameterErrors.ValueInvalid(parameter, value, problem));
        }

        return made.Value;
    }

    private void Run(BlockMistakes mistakes, Row row)
    {
        var block = mistakes.Block;
        var source = ValueSource.Parameter(block.Parameter);
        if (IsOn(TextCheck.ColumnUnknown) && mistakes.Find(row) is { } mistaken)
        {
            row.Problems.Add(new RowViolation(
                row,
                source,
                ErrorIds.ColumnUnknown,
                $"{mistaken} {TextProblems.SkipHint(TextCheck.ColumnUnknown)}"));
            return;
        }

        // In a block, PowerShell takes a column that cannot be read for an empty one.
        if (!block.Certain.All(row.IsReadable))
        {
            return;
        }

        try
        {
            var given = RowValues.Single(block.Run(row.Input));
            var single = RecipientParameters.Names.Contains(block.Parameter) ? "( … )[0]" : null;
            var (value, problem, isRow) = RowValues.Convert(given, block.Type, row.Input, single);
            if (HashtableProblems.FindBlock(given, block.Type) is { } meant)
            {
                problem = "it has another script block inside, which is not run. Without its braces: "
                    + $"{{ {Words.Shorten(meant, LongestMeant)} }}.";
                isRow = false;
            }

            if (problem is not null && (!isRow || IsOn(TextCheck.RowInText)))
            {
                row.Problems.Add(new RowViolation(
                    row,
                    source,
                    isRow ? ErrorIds.RowInText : ErrorIds.BlockValueInvalid,
                    "The output of the block cannot be used: " + problem));
            }
            else
            {
                row.Set(
                    block.Parameter,
                    problem is null ? value : LanguagePrimitives.ConvertTo(
                        given, block.Type, System.Globalization.CultureInfo.InvariantCulture),
                    null);
            }
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            row.Problems.Add(new RowViolation(
                row,
                source,
                ErrorIds.BlockFailed,
                Words.Sentence("The block ended with an error: " + MessageOf(exception))));
        }
    }

    // When an error ended the block only because of the preference, the engine's message begins with the preference:
    // the error's own message is given instead.
    private static string MessageOf(RuntimeException exception) =>
        exception is ActionPreferenceStopException { ErrorRecord.Exception: { } cause }
            ? cause.Message
            : exception.Message;

    private void ReadWhere(Row row)
    {
        if (_isWhereTyped)
        {
            row.Connection = row.Get<ConnectionIdentity>(nameof(SiteCommand.Connection));
            row.SiteId = RowValues.Given(row.Get<string>(nameof(SiteCommand.SiteId)));
            return;
        }

        if (row.Input?.BaseObject is WixInboxConnection itself)
        {
            row.Connection = new ConnectionIdentity(itself);
            return;
        }

        if (row.Shape.ColumnsFor(nameof(SiteCommand.Connection)).FirstOrDefault() is { } connection
            && row.TryRead(connection, out var named)
            && named is not null)
        {
            row.Connection = new ConnectionIdentity(named);
        }

        row.SiteId = row.Shape.ColumnsFor(nameof(SiteCommand.SiteId))
            .Select(column => RowValues.Given(row.Read(column)))
            .FirstOrDefault(site => site is not null);
    }

    private static void ReadContent(string parameter, Row row)
    {
        foreach (var column in row.Shape.ColumnsFor(parameter))
        {
            if (!row.TryRead(column, out var read))
            {
                continue;
            }

            var (value, problem, _) = RowValues.Convert(
                read,
                parameter is nameof(MessageCommand.Text) or nameof(MessageCommand.PreviewText)
                    ? typeof(string)
                    : typeof(string[]),
                row.Input);
            if (problem is not null)
            {
                row.Problems.Add(new RowViolation(
                    row, ValueSource.Column(column), ErrorIds.ColumnValueInvalid, Words.Capitalize(problem)));
            }
            else if (value is string text ? !string.IsNullOrWhiteSpace(text) : value is string[] { Length: > 0 })
            {
                row.Set(parameter, value, column);
                return;
            }
        }
    }

    private static void ReadNotification(Row row)
    {
        foreach (var column in row.Shape.ColumnsFor(Notification))
        {
            if (RowValues.Given(row.Read(column)) is not { } cell)
            {
                continue;
            }

            row.SendNotification = YesNo.Read(cell);
            if (row.SendNotification is null)
            {
                var problem =
                    $"'{Words.Shorten(cell)}' is neither yes nor no. "
                    + "Write yes or no, or leave it empty, which notifies nobody.";
                row.Problems.Add(
                    new RowViolation(row, ValueSource.Column(column), ErrorIds.ColumnValueInvalid, problem));
            }

            return;
        }
    }
}
