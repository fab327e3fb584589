namespace WixInbox.Pace;

/// <summary>A place that a request has taken, or why it got none.</summary>
/// <param name="Left">When it leaves.</param>
/// <param name="IsTry">Whether it is the one that finds out whether an outage is over.</param>
internal readonly record struct PaceEntry(TimeSpan Left, bool IsTry)
{
    /// <summary>The server asks to wait longer than is wanted.</summary>
    public static readonly PaceEntry HeldTooLong = new(TimeSpan.MinValue, false);

    /// <summary>There is no network or no server, and it has been given up.</summary>
    public static readonly PaceEntry Outage = new(TimeSpan.MinValue, true);

    /// <summary>Gets a value indicating whether there is a place.</summary>
    public bool IsTaken => Left != TimeSpan.MinValue;
}
