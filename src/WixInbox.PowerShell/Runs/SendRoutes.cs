using System.Management.Automation;
using WixInbox.Connections;
using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Runs;

/// <summary>The ways of a run: that of its own connection, and those of the connections that rows name, each opened with the first row that does.</summary>
/// <param name="connections">The connections.</param>
/// <param name="own">The way of the rows that name no connection.</param>
/// <param name="opener">Opens another one.</param>
internal sealed class SendRoutes(ConnectionTable connections, SendRoute own, RouteOpener opener) : IDisposable
{
    // Replaced as a whole, since whoever ends the run may be on another thread.
    private SendRoute[] _all = [own];
    private readonly List<WixInboxConnection> _connections = own.Connection is { } connection ? [connection] : [];

    // A journal that could not be opened is not tried again: of a connection's rows, all are sent or none.
    private readonly Dictionary<WixInboxConnection, ErrorRecord> _unopened = [];

    public SendRoute Own { get; } = own;

    public IReadOnlyList<SendRoute> All => _all;

    /// <summary>Gets the connections, whose tokens may be asked for while something is awaited.</summary>
    public IReadOnlyList<WixInboxConnection> Connections => _connections;

    /// <summary>Gets how many requests they all made since.</summary>
    public long Requests => _all.Sum(route => route.Requests);

    /// <summary>Gets a value indicating whether rows say where they go: then a connection that fails does not end the run.</summary>
    public bool AreNamed => connections.AreNamed;

    /// <summary>Finds the way of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="problem">Why there is none.</param>
    public SendRoute? Find(Row row, out ErrorRecord? problem)
    {
        var connection = connections.Find(row, out problem);
        if (problem is null)
        {
            var route = _all.FirstOrDefault(route => route.Connection == connection) ?? Open(connection!, out problem);
            if (route is not null)
            {
                route.HasRows = true;
                return route;
            }
        }

        problem = ConnectionErrors.OfRow(problem!, row, "the message was not sent.");
        return null;
    }

    public void Dispose() => Array.ForEach(_all, route => route.Dispose());

    // Each connection has a journal of its own, which is found again by where the connection leads.
    private ErrorRecord? JournalProblem(WixInboxConnection connection) =>
        !Own.HasJournal ? null
        : connection.Tag is null ? JournalErrors.ConnectionUnnamed(connection)
        : Connections.FirstOrDefault(other => string.Equals(other.JournalIdentity, connection.JournalIdentity, StringComparison.OrdinalIgnoreCase)) is { } same ? JournalErrors.ConnectionShared(connection, same)
        : Alike(connection) is { } alike ? JournalErrors.ConnectionAlike(connection, alike)
        : null;

    // The run's own journal has no tag in its name.
    private WixInboxConnection? Alike(WixInboxConnection connection) =>
        _all.Skip(1).Select(route => route.Connection!).FirstOrDefault(other => IsOfOneFile(other, connection));

    private static bool IsOfOneFile(WixInboxConnection one, WixInboxConnection other) =>
        string.Equals(one.Tag, other.Tag, StringComparison.OrdinalIgnoreCase);

    private SendRoute? Open(WixInboxConnection connection, out ErrorRecord? problem)
    {
        SendRoute? route = null;
        if (!_unopened.TryGetValue(connection, out problem) && (problem = JournalProblem(connection)) is null)
        {
            route = opener.OpenBeside(connection, out problem);
        }

        if (route is null)
        {
            _unopened[connection] = problem!;
            return null;
        }

        _all = [.. _all, route];
        _connections.Add(connection);
        return route;
    }
}
