using System.Management.Automation;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// A row as it came down the pipeline: what was read of it, what is wrong with it, and how to speak of it.
/// </summary>
internal sealed class Row
{
    private const string Deserialized = "Deserialized.WixInbox.";

    private readonly IReadOnlyDictionary<string, object?>? _typed;
    private readonly List<(string Parameter, object? Value, string? Column)> _values = [];
    private bool? _isOwn;
    private bool? _isSaid;

    /// <summary>Initializes a new instance of the <see cref="Row"/> class.</summary>
    /// <param name="number">Its number, from 1; null for a call that no rows are piped into.</param>
    /// <param name="input">The row itself, if there is one.</param>
    /// <param name="columns">
    /// The object that has its columns: the row, or an object made of a hashtable; null if it has none.
    /// </param>
    /// <param name="shape">What the columns are for.</param>
    /// <param name="typed">The parameters that were typed, with the values that all rows have.</param>
    public Row(
        int? number,
        PSObject? input,
        PSObject? columns = null,
        RowShape? shape = null,
        IReadOnlyDictionary<string, object?>? typed = null)
    {
        Number = number;
        Input = input;
        Columns = columns;
        Shape = shape ?? RowShape.None;
        _typed = typed;
    }

    public int? Number { get; }

    /// <summary>Gets the row as it came.</summary>
    public PSObject? Input { get; }

    /// <summary>Gets the object that has the row's columns; null for a text or a number, which have none.</summary>
    public PSObject? Columns { get; }

    public RowShape Shape { get; }

    /// <summary>Gets the properties of <see cref="Columns"/>, in the order of the shape's columns.</summary>
    public PSPropertyInfo[] Properties { get; init; } = [];

    /// <summary>Gets the rows that stand in the row's columns, each with its column.</summary>
    public IReadOnlyList<(string Column, Row Row)> Inner => Shape.Nested.Length == 0 ? [] : field ??=
    [
        .. Shape.Nested.SelectMany(column => RowShape.RowsIn(Columns!, column)
            .Select(one => (column, Shape.Read(Number, column, one)))),
    ];

    /// <summary>Gets or sets whom the row names, if it does.</summary>
    public Recipient? Recipient { get; set; }

    /// <summary>Gets or sets the contacts who the row's recipient is by its further columns.</summary>
    public IReadOnlyList<Recipient> Contacts { get; set; } = [];

    /// <summary>
    /// Gets or sets those whom the command names for each row, where these are several: null for one that is empty.
    /// </summary>
    public Recipient?[]? Several { get; set; }

    /// <summary>Gets or sets the connection that the row names, if it does.</summary>
    public ConnectionIdentity? Connection { get; set; }

    /// <summary>Gets or sets the site that the row names, if it does.</summary>
    public string? SiteId { get; set; }

    /// <summary>
    /// Gets or sets the column with the opt-out of the row's person, its value, and whether the value is unambiguous.
    /// </summary>
    public OptOut? OptOut { get; set; }

    /// <summary>Gets or sets whether the row asks for a notification; null where no column says so.</summary>
    public bool? SendNotification { get; set; }

    /// <summary>Gets the problems of the row that are found before its request is built.</summary>
    public List<RowViolation> Problems { get; } = [];

    /// <summary>Gets a value indicating whether the content was given whole, with -Content.</summary>
    public bool IsPrebuilt { get; init; }

    /// <summary>
    /// Gets what an error is about: the row, so that it can be exported and sent again; without one, the id or address
    /// that was typed.
    /// </summary>
    public object? Target
    {
        get => field ?? Input ?? (object?)Recipient?.Id;
        init;
    }

    /// <summary>Gets a value indicating whether the row is an object that came out of this module.</summary>
    public bool IsOwn => _isOwn ??= OwnType is not null;

    /// <summary>Gets what an object that came out of this module is called; null for any other row.</summary>
    public string? OwnType => Input?.BaseObject is WixObject own
        ? own.GetType().Name
        : Input?.TypeNames.FirstOrDefault(name => name.StartsWith(Deserialized, StringComparison.Ordinal))
            ?.Substring(Deserialized.Length);

    /// <summary>
    /// Gets a value indicating whether what the row says is no content of its own, and is not sent again: it came out
    /// of this module, or is a message that was saved as a row or selected.
    /// </summary>
    public bool IsSaid => _isSaid ??=
        IsOwn || Shape.IsMessage || Input?.TypeNames.Contains("Selected." + typeof(Message).FullName) == true;

    /// <summary>Gets a value indicating whether the row is a text, which has no columns.</summary>
    public bool IsText => Input?.BaseObject is string;

    /// <summary>Gets the id or address that the row itself is, where these are piped in as they are.</summary>
    public string? Itself => Input?.BaseObject is string or Guid ? RowValues.Given(Input.BaseObject.ToString()) : null;

    /// <summary>
    /// Gets a hint for a row that lacks something: which columns it has, of which one may be misspelt. It begins with a
    /// blank.
    /// </summary>
    public string Hint =>
        Shape.Columns.Length == 0 ? string.Empty : $" The row's columns are {Words.Columns(Shape.Columns)}.";

    /// <summary>
    /// Gets a hint for a row whose columns look as those of a CSV do that was read with another separator or encoding
    /// than it has. It begins with a blank.
    /// </summary>
    public string? Misread => Input?.BaseObject is PSCustomObject ? Rows.Misread.Describe(Shape.Columns) : null;

    /// <summary>Keeps what was read for a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">The value.</param>
    /// <param name="column">The column that it came from; null for what a script block gave.</param>
    public void Set(string parameter, object? value, string? column) => _values.Add((parameter, value, column));

    /// <summary>Gets the value of a parameter: that of this row, or else that of all rows.</summary>
    /// <typeparam name="T">The type that it has.</typeparam>
    public T? Get<T>(string parameter)
        where T : class =>
        Find(parameter) is { } own ? (T?)own.Value
        : _typed is not null && _typed.TryGetValue(parameter, out var typed) ? (T?)typed
        : null;

    /// <summary>
    /// Adds to the result of a row the way back to it: the row's number, its recipient, and the row itself.
    /// </summary>
    /// <param name="output">
    /// A message that was sent or read for the row, or the contact or conversation that was found.
    /// </param>
    /// <param name="connection">The connection that it came over.</param>
    public PSObject AddTo(WixObject output, WixInboxConnection connection)
    {
        var wrapped = connection.AddTo(output);
        wrapped.Properties.Add(new PSNoteProperty("Row", Number), preValidated: true);
        wrapped.Properties.Add(new PSNoteProperty("Recipient", Recipient?.ToString()), preValidated: true);
        wrapped.Properties.Add(new PSNoteProperty("InputObject", Input), preValidated: true);
        if (output is Conversation && Recipient is { Kind: RecipientKind.Contact or RecipientKind.Email } contact)
        {
            // Piped on, the conversation names its contact, so that the subscription status is checked.
            var name = RecipientParameters.NameOf(contact.Kind);
            wrapped.Properties.Add(new PSNoteProperty(name, contact.Id), preValidated: true);
        }

        return wrapped;
    }

    /// <summary>Tells whether a parameter was typed, whatever it was given.</summary>
    public bool IsTyped(string parameter) => _typed?.ContainsKey(parameter) == true;

    /// <summary>Tells whether a parameter has a value of this row, and not one that was typed for all.</summary>
    public bool IsOfRow(string parameter) => Find(parameter) is not null;

    /// <summary>Tells whether the row has a column of a name, filled or not.</summary>
    public bool HasColumn(string name) => Columns?.Properties[name] is not null;

    /// <summary>Reads the placeholder for an empty value in a column.</summary>
    /// <returns>
    /// An empty text where the column is empty or is not there; a word such as NULL, by which a program says the same,
    /// characters that cannot be seen, or a number that Excel has cut; null where there is something.
    /// </returns>
    public string? NothingIn(string column) =>
        Array.IndexOf(Shape.Nested, column) >= 0 ? null : EmptyText.Find(TextIn(column) ?? string.Empty);

    /// <summary>Reads what stands in a column, or a mark in its place where it cannot be read.</summary>
    /// <returns>The text; null if there is no such column.</returns>
    public string? TextIn(string column)
    {
        var text = RowValues.ReadText(PropertyOf(column), out var problem);

        // The error of what reads the column says why it cannot be read.
        return problem is null ? text : "\uFFFD";
    }

    /// <summary>Reads a column as a text. What is wrong with it becomes a problem of the row.</summary>
    /// <returns>The text; null if there is none.</returns>
    public string? Read(string column)
    {
        if (!TryRead(column, out var value) || value is string)
        {
            return value as string;
        }

        var single = ColumnNames.Find(column) is ({ } parameter, _) && parameter != "SendNotification"
            ? $"-{parameter} {{ {ColumnExpression.For(column)}[0] }}"
            : "( … )[0]";
        var (text, problem, _) = RowValues.Convert(value, typeof(string), single: single);
        if (problem is not null)
        {
            Problems.Add(new RowViolation(
                this, ValueSource.Column(column), ErrorIds.ColumnValueInvalid, Words.Capitalize(problem)));
        }

        return (string?)text;
    }

    /// <summary>
    /// Reads a column, which may be computed when it is read. What is wrong with it becomes a problem of the row.
    /// </summary>
    public bool TryRead(string column, out object? value)
    {
        value = RowValues.Read(PropertyOf(column), out var problem);
        if (problem is not null)
        {
            Problems.Add(new RowViolation(
                this,
                ValueSource.Column(column),
                ErrorIds.ColumnUnreadable,
                Words.Sentence("The column cannot be read: " + problem)));
        }

        return problem is null;
    }

    /// <summary>Gets the property that a column is; null if the row has no such column.</summary>
    public PSPropertyInfo? PropertyOf(string column)
    {
        // By its name, the engine takes longer: it looks in what the object is and in what its type adds.
        var index = Array.IndexOf(Shape.Columns, column);
        return index >= 0 && index < Properties.Length ? Properties[index] : Columns?.Properties[column];
    }

    /// <summary>
    /// Tells whether a column can be read, where it is computed for that. If it cannot, that becomes a problem of the
    /// row, once.
    /// </summary>
    public bool IsReadable(string column) =>
        PropertyOf(column) is null or PSNoteProperty
        || (!Problems.Any(problem => problem.Rule == ErrorIds.ColumnUnreadable
                && string.Equals(problem.Column, column, StringComparison.OrdinalIgnoreCase))
            && TryRead(column, out _));

    /// <summary>Makes the same row for one of several ids that were typed or stand in it.</summary>
    public Row For(Recipient? recipient) =>
        new(Number, Input, Columns, Shape, _typed) { Recipient = recipient, Connection = Connection, SiteId = SiteId };

    /// <summary>Names where a value came from.</summary>
    public ValueSource NameOf(string parameter) =>
        ColumnFor(parameter) is { } column ? ValueSource.Column(column) : ValueSource.Parameter(parameter);

    /// <summary>
    /// Names where the value of a field of the request came from; the field itself, where no parameter sets it alone.
    /// </summary>
    public ValueSource NameOfField(string field) =>
        FieldParameters.Find(field, IsPrebuilt) is { } parameter ? NameOf(parameter) : new ValueSource(field);

    /// <summary>
    /// Gets the column that gave a parameter its value, or would have if it were filled; null if the parameter was
    /// typed, or there is none.
    /// </summary>
    public string? ColumnFor(string parameter) =>
        Find(parameter) is { } own ? own.Column
        : IsTyped(parameter) ? null
        : Shape.ColumnsFor(parameter).FirstOrDefault();

    /// <summary>Begins a sentence about the row.</summary>
    public string Begin(string sentence) =>
        Number is { } number ? FormattableString.Invariant($"Row {number}: {sentence}") : Words.Capitalize(sentence);

    /// <summary>Says which rule a value breaks, and where that came from.</summary>
    public string Sentence(FieldViolation violation) =>
        Words.Sentence($"{NameOfField(violation.Field)}: {violation.Description}");

    // Not with LINQ: it is asked for each parameter of each row.
    private (object? Value, string? Column)? Find(string parameter)
    {
        foreach (var value in _values)
        {
            if (value.Parameter == parameter)
            {
                return (value.Value, value.Column);
            }
        }

        return null;
    }
}
