using System.Globalization;
using WixInbox.Internal;

namespace WixInbox;

/// <summary>
/// What became of the rows of a run. Send-WixInboxMessage gives it to the information stream when it ends.
/// </summary>
public sealed class SendSummary
{
    internal SendSummary()
    {
    }

    /// <summary>Gets how many rows came.</summary>
    public int Rows { get; internal set; }

    /// <summary>Gets how many messages this run has sent.</summary>
    public int Sent { get; internal set; }

    /// <summary>
    /// Gets how many of those sent were found in their conversations, since Wix's answers were lost.
    /// </summary>
    public int Reconciled { get; internal set; }

    /// <summary>Gets how many of those sent asked Wix to notify the recipient.</summary>
    public int Notified { get; internal set; }

    /// <summary>Gets how many rows failed: those below together.</summary>
    public int Failed => Rejected + NotSent + Unknown;

    /// <summary>Gets how many rows broke a rule, or were refused: they fail again as they are.</summary>
    public int Rejected { get; internal set; }

    /// <summary>Gets how many rows were not sent and may be sent again.</summary>
    public int NotSent { get; internal set; }

    /// <summary>Gets how many rows may have been sent: what became of them is not known.</summary>
    public int Unknown { get; internal set; }

    /// <summary>Gets how many rows were read ahead and not tried, since the run ended before.</summary>
    public int NotTried { get; internal set; }

    /// <summary>Gets how many rows were declined at -Confirm.</summary>
    public int Declined { get; internal set; }

    /// <summary>
    /// Gets how many rows had come and were not through when the run was stopped. Up to -ThrottleLimit of them were on
    /// their way, and may have been sent.
    /// </summary>
    public int Unfinished { get; internal set; }

    /// <summary>Gets how many rows an earlier run with the same journal had sent.</summary>
    public int AlreadySent { get; internal set; }

    /// <summary>
    /// Gets how many rows had failed in an earlier run with the same journal, and were not tried again.
    /// </summary>
    public int AlreadyFailed { get; internal set; }

    /// <summary>Gets how many rows -SkipDuplicate left out, since an earlier row was the same.</summary>
    public int Duplicates { get; internal set; }

    /// <summary>Gets how many requests the connection made meanwhile.</summary>
    public long Requests { get; internal set; }

    /// <summary>Gets how long the run took.</summary>
    public TimeSpan Elapsed { get; internal set; }

    /// <summary>Gets how many messages went out in a minute; 0 if the run took less than a second.</summary>
    public double RatePerMinute => Elapsed < TimeSpan.FromSeconds(1) ? 0 : Math.Round(Sent / Elapsed.TotalMinutes, 1);

    /// <summary>
    /// Gets the connections that the rows went over: the name of each, and its site, account or installation of an app,
    /// or that it is the sandbox. One of which nothing is known but the host is not among them.
    /// </summary>
    public IReadOnlyList<string> Connections { get; internal set; } = [];

    /// <summary>Gets the journal's file; null for a run without one.</summary>
    public string? Journal { get; internal set; }

    /// <summary>
    /// Gets a value indicating whether the run was stopped before its end, or what comes after it took no more.
    /// </summary>
    public bool Stopped { get; internal set; }

    /// <summary>
    /// Gets or sets a value indicating whether the run ended before its first message, as the same command would again.
    /// </summary>
    internal bool WasRefused { get; set; }

    /// <summary>Gets how many rows are through.</summary>
    internal int Done => Sent + Failed;

    /// <summary>Gets how many rows needed no message of this run.</summary>
    internal int Skipped => AlreadySent + AlreadyFailed + Duplicates;

    /// <summary>Gets the counts that are not usual only where there are some.</summary>
    /// <returns>One line.</returns>
    public override string ToString()
    {
        var line = string.Format(
            CultureInfo.InvariantCulture, "Rows: {0:N0}. Sent: {1:N0}. Failed: {2:N0}.", Rows, Sent, Failed);
        (string Name, int Count, bool IsShown)[] others =
        [
            ("Reconciled", Reconciled, Reconciled > 0),
            ("Duplicates", Duplicates, Duplicates > 0),
            ("Skipped", AlreadySent + AlreadyFailed, Journal is not null),
            ("Unknown", Unknown, Unknown > 0),
            ("Declined", Declined, Declined > 0),
            ("Not tried", NotTried, NotTried > 0),
            ("Unfinished", Unfinished, Unfinished > 0),
        ];
        line += string.Concat(others.Where(other => other.IsShown).Select(
            other => string.Format(CultureInfo.InvariantCulture, " {0}: {1:N0}.", other.Name, other.Count)));
        line += Connections.Count > 0 ? $" Over: {string.Join(", ", Connections)}." : string.Empty;
        line += $" Time: {FormatText.Duration(Elapsed)}.";
        string?[] words =
        [
            Stopped ? "Stopped." : null,
            line,
            DescribeNotified(Notified, Sent),
            !Stopped && Rows > 0 && Rows == Skipped && AlreadyFailed == 0 ? "Nothing was left to do." : null,
            Stopped && Journal is null && Rows > 0
                ? string.Format(CultureInfo.InvariantCulture, "No row after row {0:N0} was read.", Rows)
                : null,
            Journal is not null && !WasRefused && (Stopped || NotSent + Unknown + NotTried > 0)
                ? "The same command with the same -Journal continues."
                : null,
        ];
        return string.Join(" ", words.OfType<string>());
    }

    /// <summary>Says how many of those who are written to are notified, where not everybody is.</summary>
    /// <param name="notified">How many messages ask for a notification.</param>
    /// <param name="messages">How many messages there are.</param>
    /// <returns>A sentence; null where there is nothing to say.</returns>
    internal static string? DescribeNotified(int notified, int messages) =>
        notified == messages ? null
        : notified == 0 ? "Nobody is notified without -SendNotification."
        : string.Format(CultureInfo.InvariantCulture, "Notified: {0:N0} of {1:N0}.", notified, messages);

    internal void Count(OutcomeKind kind)
    {
        switch (kind)
        {
            case OutcomeKind.Succeeded:
                Sent++;
                break;
            case OutcomeKind.Rejected:
                Rejected++;
                break;
            case OutcomeKind.NotSent:
                NotSent++;
                break;
            default:
                Unknown++;
                break;
        }
    }
}
