using System.Management.Automation;
using WixInbox.Commands;
using WixInbox.Errors;

namespace WixInbox.Runs;

/// <summary>Opens what a run needs to send over a connection: its journal, and the sender, or in a rehearsal its share of the plan.</summary>
/// <param name="cmdlet">The cmdlet, with its parameters.</param>
/// <param name="run">The run.</param>
/// <param name="plan">What counts in a rehearsal; null where messages are sent.</param>
/// <param name="journal">The full name of the journal, if there is one.</param>
internal sealed class RouteOpener(SendWixInboxMessageCommand cmdlet, SendRun run, SendPlan? plan, string? journal)
{
    /// <summary>Opens the run's own connection, whose journal has the name that was given.</summary>
    /// <param name="connection">The connection; null where each row names its own, and in a rehearsal.</param>
    /// <param name="problem">Why its journal cannot be used.</param>
    public SendRoute? Open(WixInboxConnection? connection, out ErrorRecord? problem) =>
        Open(connection, journal, out problem);

    /// <summary>Opens a connection that a row names. Its journal lies beside that of the run.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="problem">Why its journal cannot be used.</param>
    public SendRoute? OpenBeside(WixInboxConnection connection, out ErrorRecord? problem) =>
        Open(connection, PathBeside(connection), out problem);

    // By what stays the same from run to run, and says at a glance whose it is.
    private string? PathBeside(WixInboxConnection connection) =>
        journal is null ? null : Path.ChangeExtension(journal, connection.Tag + Path.GetExtension(journal));

    private SendRoute? Open(WixInboxConnection? connection, string? path, out ErrorRecord? problem)
    {
        problem = null;
        if (connection is null)
        {
            return new SendRoute(null) { Plan = plan?.Share("no connection", SendPlan.UsualLimit, null) };
        }

        if (OpenRun(connection, path, out problem) is not { } opened)
        {
            return null;
        }

        return new SendRoute(connection)
        {
            Run = opened,
            Rows = new JournaledRows(opened, cmdlet.KeyProperty),
            Plan = plan?.Share(connection.Label, LimitOf(connection), opened),
        };
    }

    private BulkRun? OpenRun(WixInboxConnection connection, string? path, out ErrorRecord? problem)
    {
        problem = null;
        var options = new BulkRunOptions
        {
            Journal = path,
            JournalIdentity = connection.JournalIdentity,
            KeyProperty = cmdlet.KeyProperty,
            ExpectedCount = cmdlet.ExpectedCount,
            ThrottleLimit = cmdlet.ThrottleLimit,
            OnAmbiguous = cmdlet.OnAmbiguous,
            IncludeUnsubscribed = cmdlet.IncludeUnsubscribed,
            ReconcileWait = TimeSpan.FromSeconds(cmdlet.ReconcileWaitSec),
            Note = run.Note,
            Warn = run.Warn,
        };
        try
        {
            return plan is null ? BulkRun.Open(connection.Client, options, run.Stopped) : BulkRun.Rehearse(connection.Client, options);
        }
        catch (JournalException exception)
        {
            problem = JournalErrors.Unusable(exception, path!);
            return null;
        }
    }

    // The sandbox has none unless it is told to, and what is rehearsed there is what Wix would do.
    private static int LimitOf(WixInboxConnection? connection) =>
        connection is null or { Sandbox: true, RequestsPerMinute: 0 } ? SendPlan.UsualLimit : connection.RequestsPerMinute;
}
