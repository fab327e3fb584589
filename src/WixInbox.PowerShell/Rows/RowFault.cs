namespace WixInbox.Rows;

/// <summary>One reason for which a row cannot be sent or read: what an error says of it, and what a result lists.</summary>
internal sealed class RowFault
{
    private const string NotSent = " Nothing was sent.";

    private RowFault(string message, IReadOnlyList<RowViolation> violations, IReadOnlyList<FieldViolation>? fields = null)
    {
        Message = message;
        Violations = violations;
        Fields = fields ?? [];
    }

    /// <summary>Gets what is wrong, as it goes on after the row's number.</summary>
    public string Message { get; }

    /// <summary>Gets what is wrong, one by one. There is at least one.</summary>
    public IReadOnlyList<RowViolation> Violations { get; }

    /// <summary>Gets the rules of the API that are broken, if it is these.</summary>
    public IReadOnlyList<FieldViolation> Fields { get; }

    /// <summary>Gets the id of the error.</summary>
    public string Id => Violations[0].Rule;

    /// <summary>A row that lacks something: whom it is for, or what to send.</summary>
    /// <param name="row">The row.</param>
    /// <param name="source">The column or parameter that is empty; null if there is none.</param>
    /// <param name="rule">The error id.</param>
    /// <param name="message">What is missing and what to do, as it goes on after the row's number.</param>
    public static RowFault Missing(Row row, string? source, string rule, string message) =>
        new(message, [new RowViolation(row.Number, source, rule, Row.Capitalize(message), Row.Capitalize(message))]);

    /// <summary>A row with a value that cannot be used.</summary>
    /// <param name="row">The row.</param>
    /// <param name="source">The column or parameter that it came from.</param>
    /// <param name="rule">The error id.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static RowFault Unusable(Row row, string source, string rule, string problem)
    {
        var description = Row.Sentence(problem);
        var sentence = $"{source}: {description}";
        return new RowFault(sentence + NotSent, [new RowViolation(row.Number, source, rule, description, sentence)]);
    }

    /// <summary>A row whose key a journal cannot use.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column of the key.</param>
    /// <param name="rule">The error id.</param>
    /// <param name="description">What is wrong, in a sentence that names the column.</param>
    public static RowFault Key(Row row, string column, string rule, string description) =>
        new(char.ToLowerInvariant(description[0]) + description.Substring(1) + NotSent, [new RowViolation(row.Number, "column " + column, rule, description, description)]);

    /// <summary>A row that breaks rules of the API.</summary>
    /// <param name="row">The row.</param>
    /// <param name="violations">The rules.</param>
    /// <param name="consequence">What was not done.</param>
    public static RowFault Invalid(Row row, IReadOnlyList<FieldViolation> violations, string consequence = NotSent)
    {
        var found = violations
            .Select(violation => new RowViolation(row.Number, row.NameOfField(violation.Field), violation.Rule, Row.Sentence(violation.Description), row.Sentence(violation))
            {
                Limit = violation.Limit,
                Size = violation.Actual,
            })
            .ToArray();
        return new RowFault(string.Join(" ", found.Select(violation => violation.ToString())) + consequence, found, violations);
    }
}
