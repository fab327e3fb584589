using System.Collections.Concurrent;
using System.Management.Automation;

namespace WixInbox.Sending;

/// <summary>
/// What the sites of a run have to say while it goes on, for the verbose stream and that of warnings. It may be said on
/// any thread.
/// </summary>
internal sealed class RunNotes
{
    private readonly ConcurrentQueue<(string Line, bool IsWarning)> _notes = new();

    /// <summary>Takes a line for the verbose stream.</summary>
    public void Note(string line) => _notes.Enqueue((line, false));

    /// <summary>Takes a warning.</summary>
    public void Warn(string line) => _notes.Enqueue((line, true));

    /// <summary>Writes what has been said since.</summary>
    /// <param name="cmdlet">The cmdlet, on whose thread this is called.</param>
    public void Write(Cmdlet cmdlet)
    {
        while (_notes.TryDequeue(out var note))
        {
            if (note.IsWarning)
            {
                cmdlet.WriteWarning(note.Line);
            }
            else
            {
                cmdlet.WriteVerbose(note.Line);
            }
        }
    }
}
