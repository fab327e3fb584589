using System.Management.Automation;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>Ends the pipeline above it as <c>Select-Object -First</c> does, which the engine alone has not got.</summary>
[Cmdlet("Select", "FirstOne")]
public sealed class StopUpstreamCommand : PSCmdlet
{
    /// <summary>Gets or sets what comes down.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        WriteObject(InputObject);
        var exception = typeof(PSCmdlet).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        throw (Exception)Activator.CreateInstance(exception, this)!;
    }
}
