using System.Management.Automation;

namespace WixInbox.Rows;

/// <summary>
/// Reads whom a row is for, who else it says that is, and whether that person wants no messages. Who was typed goes
/// before all columns.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="who">Its parameters that name somebody, the preferred one first.</param>
/// <param name="blocks">The script blocks that were typed.</param>
/// <param name="ofText">
/// Gets the one of <paramref name="who"/> that a row is which is a mere text; null for a cmdlet that sends.
/// </param>
internal sealed class RecipientReader(
    PSCmdlet cmdlet, string[] who, IReadOnlyList<RowBlock> blocks, Func<string, string?>? ofText)
{
    private const int LongestShown = 60;

    private static readonly Dictionary<string, RecipientKind> s_kinds = new(StringComparer.Ordinal)
    {
        ["ConversationId"] = RecipientKind.Conversation,
        ["MemberId"] = RecipientKind.Member,
        ["ContactId"] = RecipientKind.Contact,
        ["AnonymousVisitorId"] = RecipientKind.AnonymousVisitor,
        ["Email"] = RecipientKind.Email,
    };

    private readonly string[] _typed = [.. who.Where(cmdlet.MyInvocation.BoundParameters.ContainsKey)];
    private bool _hasWarnedOfIds;
    private bool _hasWarnedOfOthers;
    private RowShape _nested = RowShape.None;
    private bool _hasWarnedOfOptOuts;

    /// <summary>
    /// Gets a value indicating whether all rows are for the one who was typed, so that their columns say nothing of
    /// that person.
    /// </summary>
    private bool IsFixed { get; } =
        who.Any(cmdlet.MyInvocation.BoundParameters.ContainsKey)
        && !blocks.Any(block => who.Contains(block.Parameter));

    /// <summary>Says once of a row's columns that they may say who wants no messages, without being heard.</summary>
    public void WarnOfColumns(RowShape shape)
    {
        if (_hasWarnedOfOptOuts
            || IsFixed
            || ofText is not null
            || shape.Columns.Where(ColumnNames.IsLikeOptOut).ToArray() is not { Length: > 0 } like)
        {
            return;
        }

        _hasWarnedOfOptOuts = true;
        cmdlet.WriteWarning(
            $"{(like.Length == 1 ? "Column" : "Columns")} {string.Join(", ", like.Take(3))} may say who wants no "
                + "messages, and nobody is left out for it: the names that are known are in Get-Help "
                + "about_WixInbox_BulkSend. Give it one of them, or leave those rows out with Where-Object.");
    }

    /// <summary>
    /// Reads whom a row is for. An id that was typed goes before all columns, even if it is empty. What stands in a
    /// column of that name and is no id of Wix is that of another system: the next column holds.
    /// </summary>
    public void Read(Row row)
    {
        foreach (var parameter in _typed)
        {
            var given = row.Get<object>(parameter);
            if (given is string[] { Length: > 0 } several)
            {
                row.Several =
                [
                    .. several.Select(one =>
                        RowValues.Given(one) is { } id ? RecipientOf(parameter, id, row) : (Recipient?)null),
                ];
                return;
            }

            if (given is string typed && RowValues.Given(typed) is { } id)
            {
                row.Recipient = RecipientOf(parameter, id, row);
                return;
            }
        }

        if (_typed.Length > 0)
        {
            return;
        }

        (string Parameter, string Column, string Value)? passedBy = null;
        foreach (var parameter in who)
        {
            var columns = row.Shape.ColumnsFor(parameter);
            foreach (var column in columns)
            {
                if (RowValues.Given(row.Read(column)) is not { } value)
                {
                    continue;
                }

                if (parameter != "Email" && !Guid.TryParse(value, out _))
                {
                    passedBy ??= (parameter, column, value);
                    continue;
                }

                Take(parameter, column, value);
                WarnOf(passedBy, column, row);
                if (parameter == "Email" && column != columns[0])
                {
                    WarnOf(columns[0], column, row);
                }

                return;
            }
        }

        if (passedBy is { } only)
        {
            Take(only.Parameter, only.Column, only.Value);
        }
        else if (ofText is not null && row.Itself is { } text && ofText(text) is { } meant)
        {
            row.Recipient = RecipientOf(meant, text, row);
        }

        void Take(string parameter, string column, string value)
        {
            row.Set(parameter, value, column);
            row.Recipient = RecipientOf(parameter, value, row);
        }
    }

    /// <summary>
    /// Gets the contacts who a row's recipient is by its further columns: an export of members names their contacts
    /// too. Of somebody who is named as a contact, that is the first address: further ones are often another's as well.
    /// </summary>
    public IReadOnlyList<Recipient> ContactsIn(Row row)
    {
        if (_typed.Length > 0
            || !row.Shape.NamesContacts
            || row.Recipient is not { } recipient
            || recipient.Kind == RecipientKind.Email)
        {
            return [];
        }

        // Wix is not asked about what is no address: a refusal of the question would hold back fifty rows.
        var contacts = NamedIn(row).Where(one => one.Validate().Count == 0);
        return recipient.Kind == RecipientKind.Contact
            ? [.. contacts.Where(one => one.Kind == RecipientKind.Email).Take(1)]
            : [.. contacts.Where(one => one.Kind is RecipientKind.Contact or RecipientKind.Email)];
    }

    /// <summary>
    /// Reads whether a row says that its person wants no messages, or one of the rows does that it is made of:
    /// Group-Object makes one of all rows of a person.
    /// </summary>
    public void ReadOptOut(Row row)
    {
        foreach (var (column, meaning) in IsFixed ? [] : row.Shape.OptOuts)
        {
            if (row.Read(column) is { } value && ColumnNames.IsOptOut(meaning, value) is not false and var isOptOut)
            {
                row.OptOut = (column, value.Trim(), isOptOut == true);
                return;
            }
        }

        foreach (var nested in row.Shape.Nested.SelectMany(column => RowShape.RowsIn(row.Columns!, column)))
        {
            _nested = RowShape.Of(nested, _nested);
            var one = new Row(row.Number, nested, nested, _nested);
            ReadOptOut(one);
            if (one.OptOut is { } optOut)
            {
                row.OptOut = optOut;
                return;
            }
        }
    }

    /// <summary>
    /// Gets all whom a row names, in whichever column, besides the one whom it is for: they are the same person.
    /// </summary>
    public IEnumerable<Recipient> NamedIn(Row row)
    {
        if (row.Recipient is { } recipient)
        {
            yield return recipient;
        }

        foreach (var parameter in IsFixed ? [] : who)
        {
            foreach (var column in row.Shape.ColumnsFor(parameter))
            {
                foreach (var id in row.TextIn(column) is not { } text ? []
                    : parameter == "Email" ? AddressText.ReadAll(text)
                    : Guid.TryParse(text, out _) ? [text.Trim()]
                    : Array.Empty<string>())
                {
                    yield return new Recipient(s_kinds[parameter], id);
                }
            }
        }
    }

    private Recipient RecipientOf(string parameter, string value, Row row)
    {
        if (parameter != "Email" || AddressText.Read(value) is not { } address)
        {
            return new Recipient(s_kinds[parameter], value);
        }

        if (address.IsChanged)
        {
            cmdlet.WriteVerbose(
                row.Begin($"{row.NameOf(parameter)}: '{AddressText.Visible(value)}' was read as {address.Address}."));
        }

        return new Recipient(RecipientKind.Email, address.Address);
    }

    // Who has bought may be another than who is to get it.
    private void WarnOf(string preferred, string used, Row row)
    {
        if (!_hasWarnedOfOthers
            && (!ColumnNames.IsFurtherAddress(used)
                || ColumnNames.IsOfFurtherPerson(row.Shape.Columns, preferred, used)))
        {
            _hasWarnedOfOthers = true;
            cmdlet.WriteWarning(row.Begin(
                $"column {preferred} is empty. Column {used} is used instead, in further such rows too. If that may be "
                    + $"somebody else: -Email {{ {ColumnNames.Read(preferred)} }}."));
        }
    }

    private void WarnOf((string Parameter, string Column, string Value)? passedBy, string used, Row row)
    {
        if (passedBy is { } passed && !_hasWarnedOfIds)
        {
            _hasWarnedOfIds = true;
            cmdlet.WriteWarning(row.Begin(
                $"column {passed.Column} holds '{Row.Shorten(passed.Value, LongestShown)}', which is not a Wix id (a "
                    + $"GUID). Column {used} is used instead, in further such rows too."));
        }
    }
}
