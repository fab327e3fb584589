namespace WixInbox;

/// <summary>The outcome of one request, with all its attempts.</summary>
/// <typeparam name="T">What the server answers.</typeparam>
public sealed class Outcome<T>
    where T : class
{
    /// <summary>Gets what became of the request.</summary>
    public OutcomeKind Kind { get; internal init; }

    /// <summary>Gets the server's answer, if the request was <see cref="OutcomeKind.Succeeded"/>.</summary>
    public T? Value { get; internal init; }

    /// <summary>Gets the reason why the request did not succeed; null if it did.</summary>
    public Failure? Failure { get; internal init; }

    /// <summary>Gets Wix's id of the request (<c>x-wix-request-id</c>), which its support asks for.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>Gets how many times the request was made. Zero if it never left.</summary>
    public int Attempts { get; internal init; }

    /// <summary>Gets how long it took, with all waits.</summary>
    public TimeSpan Elapsed { get; internal set; }

    /// <summary>Makes the outcome of a request that breaks rules, and was not made.</summary>
    internal static Outcome<T> Invalid(Operation operation, IReadOnlyList<FieldViolation> violations) => new()
    {
        Kind = OutcomeKind.Rejected,
        Failure = new Failure
        {
            Operation = operation,
            Cause = FailureCause.InvalidRequest,
            Message = "The request breaks a rule of the API.",
            Violations = violations,
        },
    };

    /// <summary>
    /// Copies the outcome, with another value in place of the answer, and another kind and count if they are given.
    /// </summary>
    internal Outcome<TOther> As<TOther>(TOther? value, OutcomeKind? kind = null, int? attempts = null)
        where TOther : class =>
        new()
        {
            Kind = kind ?? Kind,
            Value = value,
            Failure = Failure,
            RequestId = RequestId,
            Attempts = attempts ?? Attempts,
            Elapsed = Elapsed,
        };

    /// <summary>Copies the outcome, as that of so many attempts.</summary>
    internal Outcome<T> As(int attempts) => As(Value, attempts: attempts);

    /// <summary>Copies the outcome, with the file that its failure is about.</summary>
    internal Outcome<T> About(LocalFile file) =>
        new()
        {
            Kind = Kind,
            Value = Value,
            Failure = Failure?.About(file),
            RequestId = RequestId,
            Attempts = Attempts,
            Elapsed = Elapsed,
        };
}
