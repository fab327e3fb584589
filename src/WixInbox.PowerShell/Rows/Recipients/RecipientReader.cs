using System.Management.Automation;
using WixInbox.Commands;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// Reads a row's recipient, the other ids and addresses of that person, and whether the person has opted out. A typed
/// recipient takes precedence over all columns.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="who">Its parameters that name somebody, the preferred one first.</param>
/// <param name="blocks">The script blocks that were typed.</param>
/// <param name="ofText">
/// Gets the parameter of <paramref name="who"/> that a row fills when the row is plain text; null for a cmdlet that
/// sends.
/// </param>
internal sealed class RecipientReader(
    PSCmdlet cmdlet, string[] who, IReadOnlyList<RowBlock> blocks, Func<string, string?>? ofText)
{
    private readonly string[] _typed = [.. who.Where(cmdlet.MyInvocation.BoundParameters.ContainsKey)];
    private bool _hasWarnedOfIds;
    private bool _hasWarnedOfOthers;
    private bool _hasWarnedOfMeant;
    private (RowShape Shape, string Used)? _judged;
    private string[] _mayBeMeant = [];

    /// <summary>
    /// Gets a value indicating whether all rows are for one typed recipient, so that their columns say nothing about
    /// that person.
    /// </summary>
    public bool IsFixed { get; } =
        who.Any(cmdlet.MyInvocation.BoundParameters.ContainsKey)
        && !blocks.Any(block => who.Contains(block.Parameter));

    /// <summary>
    /// Reads a row's recipient. A typed id takes precedence over all columns, even if it is empty. A value in such a
    /// column that is not a Wix id belongs to another system, and the next column is used.
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

                if (parameter != nameof(RecipientCommand.Email) && WixId.Read(value) is null)
                {
                    passedBy ??= (parameter, column, value);
                    continue;
                }

                Take(parameter, column, value);
                WarnOf(passedBy, column, row);
                if (parameter == nameof(RecipientCommand.Email) && column != columns[0])
                {
                    WarnOf(columns[0], column, row);
                }

                if (parameter == nameof(RecipientCommand.Email) && !_hasWarnedOfMeant)
                {
                    WarnOfMeant(column, row);
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
    /// Gets the recipient as a contact, from the row's further columns: an export of members has their contacts too.
    /// For a recipient who is named as a contact, it is only the first address, and none of somebody who acts for the
    /// contact: further ones often belong to others as well.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="asksConsent">
    /// Whether they are asked for their consent, or only whether they are the recipient; null for neither.
    /// </param>
    public IReadOnlyList<Recipient> ContactsIn(Row row, bool? asksConsent)
    {
        if (asksConsent is null
            || _typed.Length > 0
            || !row.Shape.NamesContacts
            || row.Recipient is not { } recipient
            || recipient.Kind == RecipientKind.Email
            || (asksConsent == false
                && recipient.Kind is RecipientKind.Conversation or RecipientKind.AnonymousVisitor))
        {
            return [];
        }

        // Invalid addresses and ids are left out: if Wix refused the query, fifty rows would be held back. A buyer or
        // an account is asked where nothing else leads to the person.
        var isContact = recipient.Kind == RecipientKind.Contact;
        PersonName[] named = [.. InColumns(row).Where(one => one.Person.Validate().Count == 0)];
        var isKnown = isContact || named.Any(one =>
            one.Person.Kind == RecipientKind.Contact || (one.Person.Kind == RecipientKind.Email && !IsOfProxy(one)));
        var contacts = named.Where(one => !isKnown || !IsOfProxy(one)).Select(one => one.Person);
        return isContact
            ? [.. contacts.Where(one => one.Kind == RecipientKind.Email).Take(1)]
            : [.. contacts.Where(one => one.Kind is RecipientKind.Contact or RecipientKind.Email)];
    }

    /// <summary>
    /// Reads the opt-out of a row, or of one of the rows that it is made of: Group-Object makes one row of all rows of
    /// a person.
    /// </summary>
    public void ReadOptOut(Row row)
    {
        // The columns of a row are another's than the one who was typed, unless they name the same.
        if (!IsFixed || IsInCell(row))
        {
            row.OptOut = OptOut.Find(row);
        }
    }

    // By a column of any name: a script that goes through the rows one by one types what stands in one of them.
    private static bool IsInCell(Row row) =>
        row.Recipient is { Id.Length: > 0 } recipient
        && row.Shape.Columns.Any(column => row.TextIn(column) is { } text
            && (recipient.Kind == RecipientKind.Email
                ? AddressText.ReadAll(text).Contains(recipient.Id, StringComparer.OrdinalIgnoreCase)
                : string.Equals(WixId.Read(text), recipient.Id, StringComparison.OrdinalIgnoreCase)));

    /// <summary>
    /// Gets the recipient of a row, and the ids and addresses in its further columns that belong to the same person.
    /// The address of a buyer or a customer may be another's, and counts where the row has no other address of the
    /// person that can be used: that of a customer for certain.
    /// </summary>
    public IReadOnlyList<PersonName> NamesIn(Row row)
    {
        List<PersonName> names = [];
        if (row.Recipient is { } recipient)
        {
            names.Add(new PersonName(
                recipient, row.ColumnFor(RecipientParameters.NameOf(recipient.Kind)), IsCertain: true));
        }

        PersonName[] named = IsFixed ? [] : [.. InColumns(row)];
        var hasOwnAddress = row.Recipient is { Kind: RecipientKind.Email } own
            ? own.Validate().Count == 0
            : named.Any(one => one.IsCertain
                && !ColumnNames.IsFurtherAddress(one.Column!)
                && one.Person.Validate().Count == 0);
        names.AddRange(named
            .Where(one => one.IsCertain || one.Person.Kind != RecipientKind.Email || !hasOwnAddress)
            .Select(one => hasOwnAddress || !IsOfFilesPerson(one) ? one : one with { IsCertain = true }));
        return names;
    }

    private IEnumerable<PersonName> InColumns(Row row)
    {
        foreach (var parameter in who)
        {
            foreach (var column in row.Shape.ColumnsFor(parameter))
            {
                foreach (var id in row.TextIn(column) is not { } text ? []
                    : parameter == nameof(RecipientCommand.Email) ? AddressText.ReadAll(text)
                    : WixId.Read(text) is { } written ? [written]
                    : Array.Empty<string>())
                {
                    yield return new PersonName(
                        new Recipient(RecipientParameters.KindOf(parameter), id),
                        column,
                        IsCertain: parameter == nameof(RecipientCommand.Email) && !ColumnNames.IsByRole(column));
                }
            }
        }
    }

    private static bool IsOfProxy(PersonName name) => ColumnNames.IsOfProxy(name.Column!);

    private static bool IsOfFilesPerson(PersonName name) =>
        name.Person.Kind == RecipientKind.Email && !ColumnNames.MayBeOfAnother(name.Column!);

    private Recipient RecipientOf(string parameter, string value, Row row)
    {
        if (parameter != nameof(RecipientCommand.Email))
        {
            return new Recipient(RecipientParameters.KindOf(parameter), WixId.Read(value) ?? value);
        }

        if (AddressText.Read(value) is not { } address)
        {
            return new Recipient(RecipientKind.Email, value);
        }

        if (address.IsChanged)
        {
            cmdlet.WriteVerbose(row.Begin(
                $"{row.NameOf(parameter)}: surrounding and invisible characters were removed from the address."));
        }

        return new Recipient(RecipientKind.Email, address.Address);
    }

    // The buyer's address may not be the recipient's.
    private void WarnOf(string preferred, string used, Row row)
    {
        if (!_hasWarnedOfOthers
            && (!ColumnNames.IsFurtherAddress(used)
                || ColumnNames.IsOfFurtherPerson(row.Shape.Columns, preferred, used)
                || AddressRoles.HasPersonBetween(row, preferred, used)))
        {
            _hasWarnedOfOthers = true;
            cmdlet.WriteWarning(row.Begin(
                $"column {preferred} is empty. Column {used} is used instead, in further such rows too. If that may be "
                    + $"somebody else: -Email {{ {ColumnExpression.For(preferred)} }}."));
        }
    }

    // An address may be that of an agent, a payer or a company, with that of the person in another column.
    private void WarnOfMeant(string used, Row row)
    {
        if (_judged != (row.Shape, used))
        {
            _judged = (row.Shape, used);
            _mayBeMeant = [.. row.Shape.Columns.Where(MayBeMeant(used, row.Shape))];
        }

        // What is computed when it is read is left alone.
        var other = Array.Find(_mayBeMeant, column =>
            row.PropertyOf(column)?.MemberType is PSMemberTypes.NoteProperty or PSMemberTypes.Property
            && row.TextIn(column) is { } text
            && AddressText.IsAddress(text)
            && !string.Equals(
                AddressText.Read(text)?.Address, row.Recipient?.Id, StringComparison.OrdinalIgnoreCase));
        if (other is not null)
        {
            _hasWarnedOfMeant = true;
            cmdlet.WriteWarning(row.Begin(
                $"column {used} is used, in further rows too, and column {other} has another address. If that is whom "
                    + $"the messages are for: -Email {{ {ColumnExpression.For(other)} }}."));
        }
    }

    // A second address is judged where there is no first one: where that is empty, the row has its place for one.
    private static Func<string, bool> MayBeMeant(string used, RowShape shape)
    {
        if (ColumnNames.IsFurtherAddress(used)
            && !ColumnNames.IsFurtherAddress(shape.ColumnsFor(nameof(RecipientCommand.Email))[0]))
        {
            return _ => false;
        }

        return ColumnNames.IsByRole(used) || ColumnNames.IsFurtherAddress(used)
            ? column => ColumnNames.Find(column) is null && AddressRoles.MayBeMeant(column, used)
            : AddressRoles.AreOfPupils(shape.Columns)
                ? column => AddressRoles.IsOfPerson(column) || AddressRoles.IsOfParent(column)
            : AddressRoles.IsOfPerson;
    }

    private void WarnOf((string Parameter, string Column, string Value)? passedBy, string used, Row row)
    {
        if (passedBy is { } passed && !_hasWarnedOfIds)
        {
            _hasWarnedOfIds = true;
            cmdlet.WriteWarning(row.Begin(
                $"column {passed.Column} holds '{Words.Shorten(passed.Value)}', which is not a Wix id (a "
                    + $"GUID). Column {used} is used instead, in further such rows too."));
        }
    }
}
