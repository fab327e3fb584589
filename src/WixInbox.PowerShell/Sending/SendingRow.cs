using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Sending;

/// <summary>A row in the window: it is being sent, or what became of it is known, and it waits for its turn.</summary>
/// <param name="row">The row.</param>
/// <param name="site">The site that it goes to; null if there is none.</param>
internal sealed class SendingRow(Row row, SiteRun? site)
{
    public Row Row { get; } = row;

    public SiteRun? Site { get; } = site;

    /// <summary>Gets what is to be sent for it; null if what became of it is known.</summary>
    public BulkRow? ToSend { get; init; }

    /// <summary>Gets or sets what sends it, once that has begun.</summary>
    public Task<Outcome<Message>>? Sending { get; set; }

    /// <summary>Gets or sets why it was not tried at all.</summary>
    public ErrorRecord? Error { get; set; }

    /// <summary>Gets what an earlier run made of it.</summary>
    public Message? Message { get; init; }

    /// <summary>
    /// Gets why nothing is done or returned for it, which only the result file has; null for any other.
    /// </summary>
    public RowState? Skipped { get; init; }

    public bool IsDone => Sending?.IsCompleted ?? true;
}
