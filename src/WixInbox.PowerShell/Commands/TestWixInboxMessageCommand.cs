using System.Globalization;
using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Commands;

/// <summary>
/// Checks rows as Send-WixInboxMessage would, and gives a result for each, with all that is wrong with it. It needs no connection and sends
/// nothing; a row that cannot be sent is a result and no error.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "WixInboxMessage", DefaultParameterSetName = BasicSet)]
[OutputType(typeof(MessageTest))]
public sealed class TestWixInboxMessageCommand : MessageCommand
{
    private ColumnFinder _columns = null!;
    private int _rows;
    private int _valid;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _columns = new ColumnFinder(MyInvocation.MyCommand, MyInvocation.BoundParameters.Keys);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _rows++;
        var row = new Row(MyInvocation.ExpectingInput ? _rows : null, InputObject, _columns, RequestBuilder.RecipientOf(this), ParameterSetName == ContentSet);
        var request = RequestBuilder.RequestOf(this);
        var violations = RowCheck.Find(this, _columns, row, request).SelectMany(fault => fault.Violations).ToArray();
        if (violations.Length == 0)
        {
            _valid++;
        }

        WriteObject(new MessageTest(row.Number, row.Recipient, KindOf(request.Message!.Content), violations, InputObject));
    }

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        WriteVerbose(string.Format(CultureInfo.InvariantCulture, "Rows: {0:N0}. Valid: {1:N0}.", _rows, _valid));

    // The parameters tell it, also of a row that has nothing to send. Of content that is made already it is what the content is.
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
