using System.Management.Automation;
using WixInbox.Rows;
using WixInbox.Runs;

namespace WixInbox.Commands;

/// <summary>
/// Checks rows as Send-WixInboxMessage would, and returns a result for each, with all that is wrong with it. It needs no connection and sends nothing.
/// A row that cannot be sent is a result, and not an error. With -Verbose it says at the end how many requests the others take, and how long.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "WixInboxMessage", DefaultParameterSetName = BasicSet)]
[OutputType(typeof(MessageTest))]
public sealed class TestWixInboxMessageCommand : MessageCommand
{
    private readonly SendPlan _plan = new();
    private SendPlanShare _share = null!;
    private int _rows;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _share = _plan.Share("no connection", SendPlan.UsualLimit, null);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _rows++;
        var row = RowOf(_rows);
        var request = RequestBuilder.RequestOf(this);
        WarnOfUnread(row);
        var violations = RowCheck.Find(this, row, request).SelectMany(fault => fault.Violations).ToArray();
        if (violations.Length == 0)
        {
            _plan.Add(_share, row.Recipient!.Value, request);
        }

        WriteObject(new MessageTest(row.Number, row.Recipient, KindOf(request.Message!.Content), violations, InputObject));
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteVerbose(_plan.Describe(_rows));

    // The parameters tell, even if a row has nothing to send. With -Content, the content tells.
    private ContentType? KindOf(MessageContent? content)
    {
        ContentType[] kinds =
        [
            .. ParameterSetName == BasicSet || content?.Basic is not null ? [ContentType.Basic] : Array.Empty<ContentType>(),
            .. Template || content?.Template is not null ? [ContentType.Template] : Array.Empty<ContentType>(),
            .. Minimal || content?.Minimal is not null ? [ContentType.Minimal] : Array.Empty<ContentType>(),
            .. Form || content?.Form is not null ? [ContentType.Form] : Array.Empty<ContentType>(),
            .. content?.System is not null ? [ContentType.System] : Array.Empty<ContentType>(),
        ];
        return kinds.Length == 1 ? kinds[0] : null;
    }
}
