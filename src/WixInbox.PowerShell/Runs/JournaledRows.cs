using System.Globalization;
using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Runs;

/// <summary>The rows of a run, as the journal knows them: by a key, and from earlier runs.</summary>
/// <param name="run">The run, with its journal.</param>
/// <param name="keyProperty">The column that identifies a row; null if its content does.</param>
internal sealed class JournaledRows(BulkRun run, string? keyProperty)
{

    private int _changed;
    private int _possiblyChanged;

    /// <summary>Takes the next row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="request">What would be sent.</param>
    /// <param name="taken">The row as the run knows it; null if it has no key.</param>
    /// <returns>What is wrong with its key, if anything is.</returns>
    public RowViolation? Take(Row row, SendMessageRequest request, out BulkRow? taken)
    {
        taken = null;
        string? key = null;
        if (keyProperty is { } column && RowKey.Read(row, column, out key) is { } problem)
        {
            return problem;
        }

        var bulkRow = run.Take(new BulkMessage(row.Recipient, request) { Key = key, Number = row.Number });
        if (bulkRow.IsDuplicate)
        {
            return JournalErrors.KeyDuplicate(row, keyProperty!);
        }

        taken = bulkRow;
        return null;
    }

    /// <summary>Tells whether earlier runs have done with a row. One that broke a rule is held against the rules again.</summary>
    public static bool HasDone(BulkRow row, bool retryFailed) =>
        row.Earlier == JournalState.Sent || (row.Earlier == JournalState.Failed && !row.FailedLocally && !retryFailed);

    /// <summary>Gets the message of a row that an earlier run has sent, with the content that it has now.</summary>
    public Message Read(BulkRow row, SendMessageRequest request)
    {
        var message = request.Message!;
        var sent = run.ReadSent(row);
        message.Id = sent?.Id;
        message.ConversationId = sent?.ConversationId;
        message.CreatedDate = sent?.CreatedDate;
        message.Delivery = MessageDelivery.Journaled;
        return message;
    }

    /// <summary>Gets what somebody should know of a row that is not sent again; the first of its kind alone.</summary>
    public string? WarningAfter(Row row, BulkRow journaled)
    {
        if (!journaled.IsChanged || ++_changed > 1)
        {
            return null;
        }

        return row.Begin(journaled.Earlier == JournalState.Sent
            ? $"its message has been changed since it was sent in an earlier run. It is not sent again under the same {keyProperty}."
            : $"its message has been changed since it failed in an earlier run. With -RetryFailed it is sent.");
    }

    /// <summary>Gets what somebody should know of a row before it is sent; the first of its kind alone.</summary>
    public string? WarningBefore(Row row, BulkRow journaled) =>
        journaled.MayBeChanged && ++_possiblyChanged == 1
            ? row.Begin("an earlier run has sent another message to this recipient, and this one is not in the journal. If its text was changed since, they get both. With -KeyProperty, a row is known by a column and not by its text.")
            : null;

    /// <summary>Gets what somebody should know at the end.</summary>
    /// <param name="journals">The journals of the run.</param>
    /// <param name="counts">What became of all its rows.</param>
    public static IEnumerable<string> WarningsAtEnd(IReadOnlyList<JournaledRows> journals, SendSummary counts)
    {
        var changed = journals.Sum(journal => journal._changed);
        if (changed > 1)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "{0:N0} rows were changed since an earlier run sent them, or failed to, and were not sent again.", changed);
        }

        var possiblyChanged = journals.Sum(journal => journal._possiblyChanged);
        if (possiblyChanged > 1)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "{0:N0} messages were new to the journal, and went to recipients to whom an earlier run had sent another.", possiblyChanged);
        }

        if (counts.AlreadyFailed > 0)
        {
            yield return string.Format(
                CultureInfo.InvariantCulture,
                "{0:N0} {1} failed in an earlier run and {2} not tried again. -RetryFailed tries {3}; Get-WixInboxJournal shows why.",
                counts.AlreadyFailed,
                counts.AlreadyFailed == 1 ? "row" : "rows",
                counts.AlreadyFailed == 1 ? "was" : "were",
                counts.AlreadyFailed == 1 ? "it" : "them");
        }
    }
}
