using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox;

/// <summary>One thing that is wrong with a row.</summary>
public sealed class RowViolation
{
    private readonly string _sentence;

    /// <summary>Initializes a new instance of the <see cref="RowViolation"/> class.</summary>
    /// <param name="row">The row.</param>
    /// <param name="source">
    /// The column or parameter that the value came from; null where the row lacks a value altogether.
    /// </param>
    /// <param name="rule">The error id.</param>
    /// <param name="description">What is wrong.</param>
    internal RowViolation(Row row, ValueSource? source, string rule, string description)
        : this(row, source, rule, description, source is null ? description : $"{source}: {description}")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="RowViolation"/> class for a rule of the API.</summary>
    /// <param name="row">The row.</param>
    /// <param name="violation">The rule, and how it is broken.</param>
    internal RowViolation(Row row, FieldViolation violation)
        : this(row, row.NameOfField(violation.Field), violation.Rule, Words.Sentence(violation.Description))
    {
        Field = violation;
        Limit = violation.Limit;
        Size = violation.Size;
    }

    private RowViolation(Row row, ValueSource? source, string rule, string description, string sentence)
    {
        Row = row.Number;

        // A table has the word for a column in its head.
        Column = source?.Name;
        Rule = rule;
        Description = description;
        _sentence = sentence;
    }

    /// <summary>Gets the row's number, from 1; nothing for a call that no rows are piped into.</summary>
    public int? Row { get; }

    /// <summary>
    /// Gets the column that the value came from, or the parameter with its hyphen; the field of the request where
    /// neither sets it alone. Nothing where the row lacks a value altogether.
    /// </summary>
    public string? Column { get; }

    /// <summary>
    /// Gets the rule's name: the error id that Send-WixInboxMessage gives, for example <c>TextTooLong</c>.
    /// </summary>
    public string Rule { get; }

    /// <summary>Gets what is wrong, for a person.</summary>
    public string Description { get; }

    /// <summary>
    /// Gets the rule's limit, if it has one: characters (Unicode code points) of a text, elements of a list.
    /// </summary>
    public int? Limit { get; }

    /// <summary>Gets the value's size in the unit of <see cref="Limit"/>.</summary>
    public int? Size { get; }

    /// <summary>Gets the rule of the API that is broken, if it is one.</summary>
    internal FieldViolation? Field { get; }

    /// <summary>Makes a violation of a sentence that names the place itself.</summary>
    internal static RowViolation OfSentence(Row row, ValueSource? source, string rule, string sentence) =>
        new(row, source, rule, sentence, sentence);

    /// <summary>Gets what is wrong and where, without the row's number.</summary>
    /// <returns>A sentence, for example <c>column Text: 16,385 characters, and the limit is 16,384.</c></returns>
    public override string ToString() => _sentence;
}
