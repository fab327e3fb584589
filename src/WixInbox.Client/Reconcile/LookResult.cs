namespace WixInbox.Reconcile;

/// <summary>What a look into a conversation has found out about a message.</summary>
/// <param name="Found">The message, if it is there.</param>
/// <param name="IsAbsent">
/// Whether it is proven not to be there. If it is neither found nor absent, the look has decided nothing.
/// </param>
/// <param name="Unreadable">Why the conversation could not be read, if it could not.</param>
internal sealed record LookResult(Message? Found, bool IsAbsent, Failure? Unreadable)
{
    public static LookResult Absent { get; } = new(null, true, null);

    public static LookResult Undecided { get; } = new(null, false, null);
}
