using System.Management.Automation;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>What a script wrote, stream by stream, and what ended it if anything did.</summary>
internal sealed class Result
{
    public required IReadOnlyList<PSObject> Output { get; init; }

    public required IReadOnlyList<ErrorRecord> Errors { get; init; }

    public required IReadOnlyList<string> Verbose { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<object> Information { get; init; }

    public required IReadOnlyList<string> AllStreams { get; init; }

    public required Exception? Thrown { get; init; }

    /// <summary>Gets the id of the error that ended the script, without the cmdlet's name.</summary>
    public string? ThrownId => (Thrown as IContainsErrorRecord)?.ErrorRecord.Id();

    /// <summary>Gets the summary of the one run of the script.</summary>
    public PSObject Summary =>
        new(Assert.Single(Information, item => item.GetType().FullName == "WixInbox.SendSummary"));

    public string[] ErrorIds => [.. Errors.Select(error => error.Id())];

    /// <summary>Gets a property of each object of the output.</summary>
    public string?[] OutputOf(string property) =>
        [.. Output.Select(item => item.Properties[property]?.Value?.ToString())];
}

internal static class ErrorRecordExtensions
{
    public static string Id(this ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];
}
