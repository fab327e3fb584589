namespace WixInbox.Journal;

/// <summary>Whose journal it is, and what is known of the run.</summary>
/// <param name="connection">
/// The identity of the connection, the same in each run. It is written to the file, so it has no secret in it.
/// </param>
internal sealed class SendJournalOptions(string connection)
{
    /// <summary>Gets the identity of the connection. Upper and lower case are the same.</summary>
    public string Connection { get; } = connection ?? throw new ArgumentNullException(nameof(connection));

    /// <summary>
    /// Gets the property that identifies the rows; null if they are identified by their content. Upper and lower case
    /// are the same.
    /// </summary>
    public string? KeyProperty { get; init; }

    /// <summary>Gets how many rows the run has, if that is known beforehand.</summary>
    public int? ExpectedCount { get; init; }

    /// <summary>
    /// Gets the token that ends the reading of what earlier runs have written. A million rows take seconds.
    /// </summary>
    public CancellationToken Stopped { get; init; }

    /// <summary>Gets the clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
