namespace WixInbox.Journal;

/// <summary>Whose journal it is, and what is known of the run.</summary>
/// <param name="connection">
/// What the connection is known by, the same in each run. It is written to the file, so no secret is in it.
/// </param>
internal sealed class SendJournalOptions(string connection)
{
    /// <summary>Gets what the connection is known by. Upper and lower case are the same.</summary>
    public string Connection { get; } = connection ?? throw new ArgumentNullException(nameof(connection));

    /// <summary>
    /// Gets the property that the rows are known by; null if they are known by their content. Upper and lower case are
    /// the same.
    /// </summary>
    public string? KeyProperty { get; init; }

    /// <summary>Gets how many rows the run has, if that is known beforehand.</summary>
    public int? ExpectedCount { get; init; }

    /// <summary>Gets the clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
