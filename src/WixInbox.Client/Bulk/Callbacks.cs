namespace WixInbox;

/// <summary>Calls what a caller has given to be told something.</summary>
internal static class Callbacks
{
    /// <summary>Tells a line. What the callback throws is its own affair: a message whose intent is on the disk goes on.</summary>
    public static void Call(Action<string>? callback, string line)
    {
        try
        {
            callback?.Invoke(line);
        }
        catch (Exception)
        {
            // Nobody is left to be told.
        }
    }
}
