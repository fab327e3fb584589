using System.Management.Automation;
using WixInbox.Commands;
using WixInbox.Connections;
using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Sending;

/// <summary>
/// The sites of a run: that of its own connection, and those of the connections that rows name, each opened with the
/// first row that does.
/// </summary>
internal sealed class SiteRuns : IDisposable
{
    private readonly SendWixInboxMessageCommand _cmdlet;
    private readonly SendPlan? _plan;
    private readonly string? _journal;
    private readonly RowConnections _rowConnections;
    private readonly List<WixInboxConnection> _connections = [];

    // A journal that could not be opened is not tried again: of a connection's rows, all are sent or none.
    private readonly Dictionary<WixInboxConnection, ErrorRecord> _unopened = [];

    // Replaced as a whole, since whoever ends the run may be on another thread.
    private SiteRun[] _all = [];

    private SiteRuns(
        SendWixInboxMessageCommand cmdlet, SendPlan? plan, RowConnections rowConnections, string? journal)
    {
        _cmdlet = cmdlet;
        _plan = plan;
        _rowConnections = rowConnections;
        _journal = journal;
    }

    /// <summary>Gets the site of the rows that name no connection.</summary>
    public SiteRun Own => _all[0];

    public IReadOnlyList<SiteRun> All => _all;

    /// <summary>Gets the notes and warnings of the sites, until they are written.</summary>
    public RunNotes Notes { get; } = new();

    /// <summary>Gets the connections, whose tokens may be asked for while something is awaited.</summary>
    public IReadOnlyList<WixInboxConnection> Connections => _connections;

    /// <summary>Gets how many requests they all made since.</summary>
    public long Requests => _all.Sum(site => site.Requests);

    /// <summary>
    /// Gets a value indicating whether rows say where they go: then a connection that fails does not end the run.
    /// </summary>
    public bool AreNamed => _rowConnections.AreNamed;

    /// <summary>Opens the run's own site, whose journal has the name that was given, before the first row.</summary>
    /// <param name="cmdlet">The cmdlet, with its parameters.</param>
    /// <param name="plan">What counts in a rehearsal; null where messages are sent.</param>
    /// <param name="journal">The full name of the run's journal, if there is one.</param>
    /// <param name="problem">Why the run cannot begin.</param>
    /// <returns>The sites, which the caller disposes of; null if the run cannot begin.</returns>
    public static SiteRuns? Open(
        SendWixInboxMessageCommand cmdlet, SendPlan? plan, string? journal, out ErrorRecord? problem)
    {
        var connections = new RowConnections(cmdlet);
        connections.Begin(plan is not null);
        var own = connections.Own;
        problem = journal is null ? null
            : own is null ? plan is null ? ConnectionErrors.NoneOfJournal() : null

            // Another site's connection with a token alone would find the rows of this one in its journal, and send
            // none.
            : own is { Tag: null, Sandbox: false } ? JournalErrors.ConnectionUnnamed(own)
            : null;
        if (problem is not null)
        {
            return null;
        }

        var sites = new SiteRuns(cmdlet, plan, connections, journal);
        var site = own is null
            ? SiteRun.Unconnected(plan, cmdlet.KeyProperty, hasJournal: journal is not null)
            : sites.Open(own, journal, out problem);
        if (site is null)
        {
            return null;
        }

        sites.Add(site);
        return sites;
    }

    /// <summary>Finds the site of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="problem">Why there is none.</param>
    public SiteRun? Find(Row row, out ErrorRecord? problem)
    {
        var connection = _rowConnections.Find(row, out problem);
        if (problem is null)
        {
            var site = _all.FirstOrDefault(site => site.Connection == connection) ?? OpenNext(connection!, out problem);
            if (site is not null)
            {
                site.HasRows = true;
                return site;
            }
        }

        problem = ConnectionErrors.OfRow(problem!, row, "the message was not sent.");
        return null;
    }

    public void Dispose() => Array.ForEach(_all, site => site.Dispose());

    // Each connection has a journal of its own, which is found again by where the connection leads.
    private ErrorRecord? JournalProblem(WixInboxConnection connection) =>
        !Own.HasJournal ? null
        : connection.Tag is null ? JournalErrors.ConnectionUnnamed(connection)
        : _connections.Find(other => AreSame(other.JournalIdentity, connection.JournalIdentity)) is { } same
            ? JournalErrors.ConnectionShared(connection, same)

        // The run's own journal has no tag in its name.
        : _all.Skip(1).Select(site => site.Connection!).FirstOrDefault(other => AreSame(other.Tag, connection.Tag))
            is { } alike ? JournalErrors.ConnectionAlike(connection, alike)
        : null;

    // A run that begins such a journal anew has none of the rows that an earlier one has sent.
    private ErrorRecord? BesideProblem(WixInboxConnection connection, string beside) =>
        Own.Run is { } own
        && !File.Exists(beside)
        && new[] { connection.Tag, connection.NameTag }.OfType<string>().Select(own.FindBeside)
            .FirstOrDefault(tag => tag is not null) is { } known
            ? JournalErrors.BesideGone(connection, beside, NameOf(known))
            : null;

    // By what stays the same from run to run, and says at a glance whose it is.
    private string NameOf(string tag) => Path.ChangeExtension(_journal!, tag + Path.GetExtension(_journal));

    private static bool AreSame(string? one, string? other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private SiteRun? OpenNext(WixInboxConnection connection, out ErrorRecord? problem)
    {
        SiteRun? site = null;
        if (!_unopened.TryGetValue(connection, out problem) && (problem = JournalProblem(connection)) is null)
        {
            var beside = _journal is null ? null : NameOf(connection.Tag!);
            problem = beside is null ? null : BesideProblem(connection, beside);
            site = problem is null ? Open(connection, beside, out problem) : null;
        }

        if (site is null)
        {
            _unopened[connection] = problem!;
            return null;
        }

        if (_journal is not null && _plan is null)
        {
            Own.Run!.NoteBeside(connection.Tag!, connection.NameTag);
        }

        Add(site);
        return site;
    }

    // The journal and the sender of a site, or in a rehearsal its share of the plan.
    private SiteRun? Open(WixInboxConnection connection, string? journal, out ErrorRecord? problem)
    {
        problem = null;
        var options = new BulkRunOptions
        {
            Journal = journal,
            JournalIdentity = connection.JournalIdentity,
            KeyProperty = _cmdlet.KeyProperty,
            ExpectedCount = _cmdlet.ExpectedCount,
            ThrottleLimit = _cmdlet.ThrottleLimit,
            OnAmbiguous = _cmdlet.OnAmbiguous,
            RetryFailed = _cmdlet.RetryFailed,
            IncludeUnsubscribed = _cmdlet.IncludeUnsubscribed,
            SkipDuplicates = _cmdlet.SkipDuplicate,
            ReconcileWait = TimeSpan.FromSeconds(_cmdlet.ReconcileWaitSec),
            Note = Notes.Note,
            Warn = Notes.Warn,
        };
        try
        {
            var run = _cmdlet.StopSignal.Run(stopped => _plan is null
                ? BulkRun.Open(connection.Client, options, stopped)
                : BulkRun.Rehearse(connection.Client, options, stopped));
            return new SiteRun(
                connection, run, _plan?.Share(connection.Label, LimitOf(connection), run), _cmdlet.KeyProperty);
        }
        catch (JournalException exception)
        {
            problem = JournalErrors.Unusable(exception, journal!);
            return null;
        }
    }

    // The sandbox has none unless it is told to, and what is rehearsed there is what Wix would do.
    private static int LimitOf(WixInboxConnection connection) =>
        connection is { Sandbox: true, RequestsPerMinute: 0 } ? SendPlan.UsualLimit : connection.RequestsPerMinute;

    private void Add(SiteRun site)
    {
        _all = [.. _all, site];
        if (site.Connection is { } connection)
        {
            _connections.Add(connection);
        }
    }
}
