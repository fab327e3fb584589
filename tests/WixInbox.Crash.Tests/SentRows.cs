using System.Globalization;
using WixInbox.CrashSender;
using WixInbox.Sandbox;

namespace WixInbox.Crash.Tests;

/// <summary>What the server and the journal have in the end, however often it took.</summary>
internal static class SentRows
{
    /// <summary>Checks that each row of <see cref="Workload"/> was sent once, and in order.</summary>
    /// <param name="ledger">What the server has.</param>
    /// <param name="journal">The journal.</param>
    /// <param name="what">What has happened, for the error.</param>
    public static void Check(SandboxLedger ledger, string journal, string what)
    {
        // What a contact's conversation is does not matter: its messages are known by their text.
        var expected = Workload.Create()
            .GroupBy(row => row.Recipient)
            .Select(rows => string.Join('\n', rows.Select(row => row.Text)));
        var stored = ledger
            .GroupBy(entry => entry.ConversationId)
            .Select(entries => string.Join('\n', entries.Select(entry => entry.Text)));
        var missing = expected.Except(stored).ToArray();
        var added = stored.Except(expected).ToArray();
        Assert.True(
            ledger.Count == Workload.Rows && missing.Length == 0 && added.Length == 0,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {ledger.Count} messages for {Workload.Rows} rows. Wanted {string.Join(" | ", missing)} but got {string.Join(" | ", added)}."));
        var summary = JournalReader.ReadSummary(journal);
        Assert.Equal((Workload.Rows, Workload.Rows, false), (summary.Rows, summary.Sent, summary.Active));
    }
}
