using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Security;

namespace WixInbox.Connections;

/// <summary>
/// The script block that gives a connection its token. A request needs the token on a thread of its own, where no
/// script can run: it asks here, and a cmdlet that waits for the request runs the block meanwhile, on its pipeline
/// thread.
/// </summary>
internal sealed class TokenProvider(ScriptBlock block)
{
    private readonly Guid? _runspace = Runspace.DefaultRunspace?.InstanceId;
    private readonly object _gate = new();
    private TaskCompletionSource<SecureString>? _request;
    private TaskCompletionSource<bool> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The threads that run the block: several, where a request of one runspace was given up while its block goes on.
    private readonly HashSet<int> _threads = [];

    // A command whose token could not be had ends, and its other requests need not ask for the same.
    private Failed? _failed;

    /// <summary>Gets a task that ends when a token is asked for.</summary>
    public Task Asked
    {
        get
        {
            lock (_gate)
            {
                return _asked.Task;
            }
        }
    }

    /// <summary>
    /// Gets a value indicating whether this thread is running the block: a request of the block over the connection
    /// would wait for itself.
    /// </summary>
    public bool IsRunningHere
    {
        get
        {
            lock (_gate)
            {
                return _threads.Contains(Environment.CurrentManagedThreadId);
            }
        }
    }

    /// <summary>Asks for a token. One caller at a time does.</summary>
    public async Task<SecureString> AskAsync(CancellationToken cancellationToken)
    {
        var request = new TaskCompletionSource<SecureString>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var cancelled = cancellationToken.Register(() => request.TrySetCanceled());
        Put(request);
        try
        {
            return await request.Task.ConfigureAwait(false);
        }
        finally
        {
            Take(request);
        }
    }

    /// <summary>Runs the block if a token is asked for. Only the thread of a cmdlet's pipeline may call it.</summary>
    public void Answer(PSCmdlet cmdlet)
    {
        if (Take(null) is not { } request)
        {
            return;
        }

        try
        {
            if (_failed is { } failed && failed.Cmdlet.TryGetTarget(out var last) && last == cmdlet)
            {
                request.TrySetException(failed.Exception);
                return;
            }

            request.TrySetResult(Run(cmdlet));
            _failed = null;
        }
        catch (TokenProviderException exception)
        {
            _failed = new Failed(new WeakReference<PSCmdlet>(cmdlet), exception);
            request.TrySetException(exception);
        }
        catch
        {
            // The pipeline ends, and not for the block's own doing. Another cmdlet may wait for the same token.
            Put(request);
            throw;
        }
    }

    private SecureString Run(PSCmdlet cmdlet)
    {
        // A block belongs to the runspace that made it. Run in another one, it would be sent back there, and wait for
        // whatever that is busy with.
        var own =
            _runspace == Runspace.DefaultRunspace?.InstanceId ? block : ((ScriptBlockAst)block.Ast).GetScriptBlock();
        lock (_gate)
        {
            _threads.Add(Environment.CurrentManagedThreadId);
        }

        try
        {
            object[] written =
            [
                .. cmdlet.InvokeCommand.InvokeScript("& $args[0] 2>&1", false, PipelineResultTypes.None, null, own)
                    .Select(item => item?.BaseObject)
                    .OfType<object>(),
            ];
            object[] given = [.. written.Where(item => item is not ErrorRecord)];
            if (written.OfType<ErrorRecord>().FirstOrDefault() is { } error)
            {
                if (given.Length == 0)
                {
                    throw new TokenProviderException(
                        "The script block of -TokenProvider ended with an error. " + Describe(error.Exception));
                }

                cmdlet.WriteWarning("The script block of -TokenProvider returned a token, and wrote an error as well. "
                    + Describe(error.Exception));
            }

            return SecretIn(given);
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            var cause = exception.ErrorRecord.Exception is ParentContainsErrorRecordException
                ? exception
                : exception.ErrorRecord.Exception;
            throw new TokenProviderException(
                "The script block of -TokenProvider ended with an error. " + Describe(cause));
        }
        finally
        {
            lock (_gate)
            {
                _threads.Remove(Environment.CurrentManagedThreadId);
            }
        }
    }

    // Neither its text nor its error id is repeated: what is thrown with throw is both, and it may be the secret. The
    // module's own have none in them.
    private static string Describe(Exception exception) =>
        exception is WixInboxException own
            ? own.Message
            : $"Its type is {exception.GetBaseException().GetType().Name}. Its message is not repeated here, since it "
                + "may contain a secret: see $Error, or run the block by itself.";

    // What the block gave is not repeated either: it may be the secret, given wrongly.
    private static SecureString SecretIn(object[] given) => given.Length switch
    {
        0 => throw new TokenProviderException("The script block of -TokenProvider returned nothing."),
        > 1 => throw new TokenProviderException(
            $"The script block of -TokenProvider returned {given.Length} objects instead of one token."),
        _ => given[0] switch
        {
            SecureString secret => secret,
            PSCredential credential => credential.Password,
            string => throw new TokenProviderException(
                "The script block of -TokenProvider returned plain text. "
                    + "A token has to be a SecureString, as Get-Secret returns it without -AsPlainText."),
            var other => throw new TokenProviderException(
                $"The script block of -TokenProvider returned a {other.GetType().Name}. "
                    + "A token has to be a SecureString, as Get-Secret returns it, or a PSCredential."),
        },
    };

    private void Put(TaskCompletionSource<SecureString> request)
    {
        lock (_gate)
        {
            if (!request.Task.IsCompleted)
            {
                _request = request;
                _asked.TrySetResult(true);
            }
        }
    }

    // Takes the pending request, or only the given one.
    private TaskCompletionSource<SecureString>? Take(TaskCompletionSource<SecureString>? only)
    {
        lock (_gate)
        {
            var request = _request;
            if (request is null || (only is not null && only != request))
            {
                return null;
            }

            _request = null;
            _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return request;
        }
    }

    // The connection outlives the command, and does not keep it.
    private sealed record Failed(WeakReference<PSCmdlet> Cmdlet, TokenProviderException Exception);
}
