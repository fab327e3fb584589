namespace WixInbox.Rows;

/// <summary>One reason for which a row cannot be sent: what an error says of it, and what a result lists.</summary>
internal sealed class RowFault
{
    /// <summary>Initializes a new instance of the <see cref="RowFault"/> class.</summary>
    /// <param name="message">What is wrong, as it goes on after the row's number.</param>
    /// <param name="violations">The same, one by one. There is at least one.</param>
    /// <param name="fields">The rules of the API that are broken, if it is these.</param>
    public RowFault(string message, IReadOnlyList<RowViolation> violations, IReadOnlyList<FieldViolation>? fields = null)
    {
        Message = message;
        Violations = violations;
        Fields = fields ?? [];
    }

    public string Message { get; }

    public IReadOnlyList<RowViolation> Violations { get; }

    public IReadOnlyList<FieldViolation> Fields { get; }

    /// <summary>Gets the id of the error.</summary>
    public string Id => Violations[0].Rule;
}
