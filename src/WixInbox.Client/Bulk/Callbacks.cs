namespace WixInbox;

/// <summary>Calls the callbacks that a caller has given.</summary>
internal static class Callbacks
{
    /// <summary>
    /// Passes a line on. An exception of the callback ends no send: its intent may be on the disk already.
    /// </summary>
    public static void Call(Action<string>? callback, string line)
    {
        try
        {
            callback?.Invoke(line);
        }
        catch (Exception)
        {
            // There is nowhere to report it.
        }
    }
}
