using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Runs;

/// <summary>A row that waits for its turn to be written: it is being sent, or what became of it is known.</summary>
/// <param name="row">The row.</param>
internal sealed class PendingRow(Row row)
{
    public Row Row { get; } = row;

    /// <summary>Gets what sends it.</summary>
    public Task<Outcome<Message>>? Sending { get; init; }

    /// <summary>Gets the row as the journal knows it, if it is being sent with one.</summary>
    public JournalRow? Journaled { get; init; }

    /// <summary>Gets why it was not sent at all.</summary>
    public ErrorRecord? Error { get; init; }

    /// <summary>Gets what an earlier run made of it.</summary>
    public Message? Message { get; init; }

    public bool IsDone => Sending?.IsCompleted ?? true;
}
