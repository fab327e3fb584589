using System.Management.Automation;
using WixInbox.Connections;
using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Pipeline;

/// <summary>
/// Makes a cmdlet's calls one at a time, each over the connection of its row, and shows what holds one up where it
/// takes longer than a second.
/// </summary>
internal sealed class CallRun : IDisposable
{
    private readonly PSCmdlet _cmdlet;
    private readonly PipelineStop _stop = new();
    private readonly PipelineWait _wait;
    private Task _call = Task.CompletedTask;

    // Connections over which a row has met what every other would, where rows go different ways.
    private readonly Dictionary<WixInboxConnection, Failure> _ended = [];
    private readonly RowConnections _connections;

    /// <summary>Initializes a new instance of the <see cref="CallRun"/> class.</summary>
    /// <param name="cmdlet">The cmdlet, whose thread alone may make calls.</param>
    public CallRun(PSCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        _connections = new RowConnections(cmdlet);
        _wait = new PipelineWait(cmdlet, _stop, () => [_call]);
    }

    /// <summary>
    /// Gets a value indicating whether rows say where they go: then a connection that fails ends its own rows alone.
    /// </summary>
    public bool AreNamed => _connections.AreNamed;

    /// <summary>Gets what ends all that is under way.</summary>
    public PipelineStop StopSignal => _stop;

    /// <summary>
    /// Begins, for a cmdlet that takes rows. The cmdlet ends with an error if there is no connection for any.
    /// </summary>
    /// <param name="isRehearsal">Whether it makes no calls, and needs no connection.</param>
    public void Begin(bool isRehearsal = false) => _connections.Begin(isRehearsal);

    /// <summary>Finds the connection of a row, and writes why there is none that can be used.</summary>
    /// <param name="row">The row.</param>
    /// <param name="connection">The connection. A rehearsal, which makes no call, may have none.</param>
    /// <returns>Whether to go on with the row.</returns>
    public bool TryFind(Row row, out WixInboxConnection connection)
    {
        var problem = Find(row, out connection);
        if (problem is not null)
        {
            _cmdlet.WriteError(problem);
        }

        return problem is null;
    }

    /// <summary>Finds the connection of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="connection">The connection. A rehearsal, which makes no call, may have none.</param>
    /// <returns>Why there is none that can be used; null if there is one.</returns>
    public ErrorRecord? Find(Row row, out WixInboxConnection connection)
    {
        var found = _connections.Find(row, out var problem);
        connection = found!;
        if (problem is not null)
        {
            problem = ConnectionErrors.OfRow(problem, row, "no request was made.");
        }
        else if (found is not null && _ended.TryGetValue(found, out var failure))
        {
            problem = ReadErrors.NotTried(row, failure, found);
        }

        return problem;
    }

    /// <summary>
    /// Writes why a call came to nothing. Where every further one would meet the same, the cmdlet ends; if rows name
    /// their connections, only the rows of this one do.
    /// </summary>
    /// <typeparam name="T">What was asked for.</typeparam>
    /// <param name="connection">What the call was made over.</param>
    /// <param name="row">The row that it was made for.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="consequence">What could not be done, as it goes on after the row's number.</param>
    public void Fail<T>(WixInboxConnection connection, Row row, Outcome<T> outcome, string consequence)
        where T : class
    {
        var others = AreNamed ? connection : null;
        var error = ReadErrors.Failed(row, outcome, consequence, others);
        if (ReadErrors.EndsRun(outcome.Failure!))
        {
            if (others is null)
            {
                _cmdlet.ThrowTerminatingError(error);
            }

            _ended[connection] = outcome.Failure!;
        }

        _cmdlet.WriteError(error);
    }

    /// <summary>Ends the cmdlet where a list or a batch failed, which concerns no single row.</summary>
    /// <typeparam name="T">What was asked for.</typeparam>
    /// <param name="first">The number of the first row that it was for; null if it was for none.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="consequence">What could not be done, as it goes on after the row's number.</param>
    public void End<T>(int? first, Outcome<T> outcome, string consequence)
        where T : class =>
        _cmdlet.ThrowTerminatingError(ReadErrors.Failed(new Row(first, null), outcome, consequence));

    /// <summary>Makes a call for a row and waits for the answer. If it fails, the row's error is written.</summary>
    /// <typeparam name="T">What the server answers.</typeparam>
    /// <param name="row">The row.</param>
    /// <param name="connection">What the call is made over.</param>
    /// <param name="call">Starts it, and takes the token that ends it.</param>
    /// <param name="consequence">What could not be done if it fails, as it goes on after the row's number.</param>
    /// <returns>The answer; null if the call failed.</returns>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    public T? Ask<T>(
        Row row,
        WixInboxConnection connection,
        Func<WixInboxClient, CancellationToken, Task<Outcome<T>>> call,
        string consequence)
        where T : class
    {
        var outcome = Await(connection, call);
        if (outcome.Value is null)
        {
            Fail(connection, row, outcome, consequence);
        }

        return outcome.Value;
    }

    /// <summary>Reads the conversation that a row names. If that fails, the row's error is written.</summary>
    public Conversation? GetConversation(Row row, WixInboxConnection connection)
    {
        var id = row.Recipient!.Value.Id;
        return Ask(
            row,
            connection,
            (client, token) => client.GetConversationAsync(id, token),
            $"{row.Recipient} could not be read.");
    }

    /// <summary>Makes a call and waits for what becomes of it.</summary>
    /// <typeparam name="T">What the server answers.</typeparam>
    /// <param name="connection">What the call is made over.</param>
    /// <param name="call">Starts it, and takes the token that ends it.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    public Outcome<T> Await<T>(
        WixInboxConnection connection, Func<WixInboxClient, CancellationToken, Task<Outcome<T>>> call)
        where T : class
    {
        if (_stop.Token.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        using var progress = new CmdletProgress(_cmdlet, _stop.Token);
        try
        {
            var task = call(connection.Client, _stop.Token);
            _call = task;
            _wait.Await(task, [connection], () => Show(progress, connection.Client));
            return task.Result;
        }
        finally
        {
            progress.Complete();
        }
    }

    /// <summary>Ends the call that is on its way, and the wait for it. It may be called from any thread.</summary>
    public void Stop() => _stop.Stop();

    /// <summary>Ends the call that is on its way.</summary>
    public void Dispose() => _wait.Dispose();

    private void Show(CmdletProgress progress, WixInboxClient client)
    {
        if (progress.IsDue)
        {
            var wait = CmdletProgress.DescribeWait(client) ?? "Waiting for Wix";
            progress.Show(new ProgressRecord(0, _cmdlet.MyInvocation.MyCommand.Name, wait));
        }
    }
}
