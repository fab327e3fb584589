using System.Collections;
using System.Data;
using System.Management.Automation;
using System.Management.Automation.Internal;
using WixInbox.Commands;

namespace WixInbox.Rows;

/// <summary>
/// The columns of a row and their uses. Rows of one file have the same columns, so the uses are found once for all of
/// them.
/// </summary>
internal sealed class RowShape
{
    // Columns by which a saved message is told from a file of people.
    private static readonly string[] s_ofMessage =
        [nameof(Message.Text), nameof(Message.Delivery), nameof(Message.Direction), nameof(Message.Sequence)];

    private readonly Dictionary<string, string[]> _fills;
    private readonly Dictionary<string, RowShape> _inner = new(StringComparer.OrdinalIgnoreCase);

    private RowShape(string[] columns, string[] nested, string path, bool isOfOther)
    {
        Columns = columns;
        Nested = nested;
        Path = path;
        IsOfOther = isOfOther;
        _fills = columns.Select(column => (Column: column, Fill: ColumnNames.Find(column)))
            .Where(entry => entry.Fill is not null)
            .OrderBy(entry => entry.Fill!.Value.Rank)
            .GroupBy(entry => entry.Fill!.Value.Parameter, entry => entry.Column, StringComparer.Ordinal)
            .ToDictionary(fill => fill.Key, fill => fill.ToArray(), StringComparer.Ordinal);
        IsMessage = s_ofMessage.All(name => columns.Contains(name, StringComparer.OrdinalIgnoreCase));
        NamesContacts = _fills.ContainsKey(nameof(RecipientCommand.ContactId))
            || _fills.ContainsKey(nameof(RecipientCommand.Email));
    }

    /// <summary>Gets the shape of what has no columns.</summary>
    public static RowShape None { get; } = new([], [], string.Empty, isOfOther: false);

    /// <summary>
    /// Gets the columns in which the row stands, each with a dot behind it: <c>sms_marketing_consent.</c>
    /// </summary>
    public string Path { get; }

    /// <summary>
    /// Gets a value indicating whether the row is one about SMS or another channel, by the columns in which it stands.
    /// </summary>
    public bool IsOfOther { get; }

    /// <summary>Gets the names of the columns, in their order.</summary>
    public string[] Columns { get; }

    /// <summary>
    /// Gets the columns that hold a row or several, as Group does in what Group-Object makes, and InputObject in what
    /// Resolve-WixInboxConversation gives: by the first row of the shape. A row that holds rows in more columns has
    /// another shape.
    /// </summary>
    public string[] Nested { get; }

    /// <summary>Gets a value indicating whether the columns are those of a message that was saved.</summary>
    public bool IsMessage { get; }

    /// <summary>Gets a value indicating whether a column has contacts, by their ids or addresses.</summary>
    public bool NamesContacts { get; }

    /// <summary>Gets the columns that say, or may say, who wants no messages.</summary>
    public ConsentColumns Consent => field ??= new ConsentColumns(this);

    /// <summary>Gets the shape of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="last">The shape of the row before, which is the same one as a rule.</param>
    /// <param name="properties">The row's properties, in the order of the columns: listing them takes time.</param>
    public static RowShape Of(PSObject row, RowShape last, out PSPropertyInfo[] properties)
    {
        properties = new PSPropertyInfo[last.Columns.Length];
        var index = 0;
        foreach (var property in PropertiesOf(row))
        {
            if (index >= properties.Length
                || !string.Equals(property.Name, last.Columns[index], StringComparison.Ordinal)
                || (MayHoldRows(property)
                    && Array.IndexOf(last.Nested, property.Name) < 0
                    && RowsIn(row, property.Name).Any()))
            {
                return New(row, last, out properties);
            }

            properties[index++] = property;
        }

        return index == properties.Length ? last : New(row, last, out properties);
    }

    /// <summary>
    /// Gets the object that has the columns of a row. A hashtable is a row like any other: its keys are its columns. A
    /// text or a number has none.
    /// </summary>
    public static PSObject? ColumnsIn(PSObject? input)
    {
        switch (input?.BaseObject)
        {
            // A group that Group-Object -AsHashTable makes, by its key.
            case DictionaryEntry:
                return input;
            case null or string or ValueType:
                return null;
            case IDictionary dictionary:
                var columns = new PSObject();
                foreach (DictionaryEntry entry in dictionary)
                {
                    if (entry.Key?.ToString() is { Length: > 0 } name && columns.Properties[name] is null)
                    {
                        // A name that PowerShell keeps for itself, such as PSObject, is a column too.
                        columns.Properties.Add(new PSNoteProperty(name, entry.Value), preValidated: true);
                    }
                }

                return columns;
            default:
                return input;
        }
    }

    /// <summary>Gets the rows that stand in a column.</summary>
    /// <returns>The rows; none where the column has something else.</returns>
    public static IEnumerable<PSObject> RowsIn(PSObject row, string column) =>
        RowValues.Read(row.Properties[column], RowsOf, out _) ?? [];

    /// <summary>
    /// Gets the object that has the columns of a value that is a row: also a hashtable, an object of a class that a
    /// script has defined, and one of this module, which has the row that it was found for. Nothing, as an if without
    /// an else gives a column, is an object without properties.
    /// </summary>
    /// <returns>The object; null for a value of another kind.</returns>
    public static PSObject? RowOf(object? value) =>
        value is string or PSObject { BaseObject: string } ? WrittenObject.Read(value.ToString()!)
        : value is not null
        && value != AutomationNull.Value
        && PSObject.AsPSObject(value) is var one
        && (one.BaseObject is PSCustomObject or IDictionary or WixObject
            || one.BaseObject.GetType().Assembly.IsDynamic)
            ? ColumnsIn(one)
            : null;

    /// <summary>Reads a row that stands in a column.</summary>
    /// <param name="number">The number of the row around it.</param>
    /// <param name="column">The column.</param>
    /// <param name="one">The row that stands there.</param>
    public Row Read(int? number, string column, PSObject one)
    {
        // Each field of a list has a shape of its own, and so has what is about another channel: { channel: 'sms' }.
        var other = OtherChannels.In(one);
        var outer = other is null ? column : $"{column}.{other}";
        var place = outer;
        if (FieldIn(one) is var (name, value))
        {
            place = $"{outer}.{name}";
            one = one.Copy();
            one.Properties.Add(new PSNoteProperty(name, value), preValidated: true);
        }

        var isOfOther = !OtherChannels.NamesSomebody(one)
            && (other is not null
                || OtherChannels.IsOtherFor(column)
                || (IsOfOther && !OtherChannels.IsMail(column)));
        place = isOfOther ? "other " + place : place;
        if (!_inner.TryGetValue(place, out var last))
        {
            last = new RowShape([], [], $"{Path}{outer}.", isOfOther);
        }

        _inner[place] = Of(one, last, out var properties);
        return new Row(number, one, one, _inner[place]) { Properties = properties };
    }

    private static PSObject[] RowsOf(object? value) =>
        RowOf(value) is { } one ? [one]
        : RowValues.Unwrap(value) is IEnumerable several and not (string or IDictionary)
            ? [.. several.Cast<object?>().Select(RowOf).OfType<PSObject>()]
        : [];

    // The interface of a shop or a CRM gives the fields that its customer has made as a list of names and values:
    // @{ key = 'newsletter_optin'; value = 'no' }.
    private static (string Name, object? Value)? FieldIn(PSObject one)
    {
        var properties = one.Properties;
        return one.BaseObject is PSCustomObject
            && properties["value"] is PSNoteProperty value
            && (properties["name"] ?? properties["key"] ?? properties["label"]) is PSNoteProperty
                { Value: string { Length: > 0 } name }
            && properties[name] is null
                ? (name, value.Value)
                : null;
    }

    // A cell of text, as nearly all are, is not looked into, unless an object was written there.
    private static bool MayHoldRows(PSPropertyInfo property) => property is PSNoteProperty note
        ? note.Value is string text ? WrittenObject.IsOne(text) : note.Value is not (null or ValueType)
        : property.MemberType == PSMemberTypes.Property
            && property.TypeNameOfValue is var type
            && (type is "System.Object" or "System.Object[]"
                || !type.StartsWith("System.", StringComparison.Ordinal)
                || type.StartsWith("System.Collections.", StringComparison.Ordinal)
                || type.StartsWith("System.Management.Automation.", StringComparison.Ordinal));

    private static IEnumerable<PSPropertyInfo> PropertiesOf(PSObject row) =>
        row.BaseObject is PSCustomObject ? row.Properties : ColumnsOf(row);

    // A row of a database's table has what .NET tells of it, such as its table, beside its columns.
    private static IEnumerable<PSPropertyInfo> ColumnsOf(PSObject row) =>
        ((row.BaseObject as DataRow) ?? (row.BaseObject as DataRowView)?.Row)?.Table.Columns is { } columns
            ? row.Properties.Where(
                property => property.MemberType != PSMemberTypes.Property || columns.Contains(property.Name))
            : row.Properties;

    private static RowShape New(PSObject row, RowShape last, out PSPropertyInfo[] properties)
    {
        properties = [.. PropertiesOf(row)];
        string[] columns = [.. properties.Select(one => one.Name)];
        return new RowShape(
            columns, [.. columns.Where(column => RowsIn(row, column).Any())], last.Path, last.IsOfOther);
    }

    /// <summary>Gets the columns that may fill a parameter, the preferred one first.</summary>
    public string[] ColumnsFor(string parameter) => _fills.TryGetValue(parameter, out var columns) ? columns : [];
}
