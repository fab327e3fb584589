using System.Globalization;

namespace WixInbox;

/// <summary>Says what happens to a row on its way, in sentences that name it.</summary>
/// <param name="note">What takes a sentence, from any thread; null for nobody.</param>
internal sealed class RowNotes(Action<string>? note)
{
    /// <summary>Describes a failure of a request, as the first half of a sentence.</summary>
    public static string Describe(Failure failure) => failure switch
    {
        { StatusCode: { } status } =>
            "Wix answered "
            + FormattableString.Invariant($"{status}{(failure.Code is null ? string.Empty : " ")}{failure.Code}"),
        { Cause: FailureCause.Timeout } => "no answer came in time",
        _ => "the connection failed",
    };

    /// <summary>Says something about a row that gave its number itself, or about the one that there is.</summary>
    public void Add(BulkRow row, string sentence) =>
        Callbacks.Call(
            note, row.IsNumbered ? FormattableString.Invariant($"Row {row.Number}: {sentence}") : sentence);

    /// <summary>Says that a request is made again after a wait.</summary>
    public void AddRetry(BulkRow row, Failure failure, TimeSpan wait)
    {
        if (wait > TimeSpan.Zero)
        {
            Add(
                row,
                string.Format(
                    CultureInfo.InvariantCulture,
                    "{0}; it is tried again in {1:0.#} s.",
                    Describe(failure),
                    wait.TotalSeconds));
        }
    }
}
