using System.Management.Automation;
using WixInbox.Sending;

namespace WixInbox.Commands;

/// <summary>
/// Checks rows as Send-WixInboxMessage would, and returns a result for each, with all that is wrong with it. It needs
/// no connection and sends nothing. A row that cannot be sent is a result, and not an error. With -Verbose it says at
/// the end how many requests the others take, and how long.
/// </summary>
// -WhatIf and -Confirm make no difference, and are taken so that what Send-WixInboxMessage takes can be splatted.
[Cmdlet(VerbsDiagnostic.Test, "WixInboxMessage", SupportsShouldProcess = true)]
[OutputType(typeof(MessageTest), typeof(MessageTestSummary))]
public sealed class TestWixInboxMessageCommand : MessageCommand
{
    private Rehearsal _rehearsal = null!;
    private SiteRun _site = null!;
    private int _valid;

    /// <summary>
    /// Gets or sets whether to return nothing but whether all rows may be sent, also with -Summary: true or false. It
    /// is false where no row came.
    /// </summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>
    /// Gets or sets whether to return one summary of the whole file in place of a result for each row: the problems by
    /// error id, the recipients, the columns that the script blocks read and those of them that are empty, the
    /// repetitions, and the requests and the time that sending would take.
    /// </summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _rehearsal = new Rehearsal(Rows, SkipDuplicate, summarizes: Summary);
        _site = SiteRun.Unconnected(_rehearsal.Plan, KeyProperty);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var row = Rows.Read(InputObject);
        Rows.Warn(row);
        var request = Rows.RequestOf(row);
        var violations = Rows.Check(row, request);
        if (_site.Take(row, request, out _) is { } keyProblem)
        {
            violations = [keyProblem, .. violations];
        }

        if (violations.Count > 0)
        {
            _rehearsal.Refuse(row, request, violations);
        }
        else
        {
            _valid++;
            _rehearsal.Send(row, request, _site, null, out _);
        }

        if (!Quiet && !Summary)
        {
            WriteObject(new MessageTest(row, KindOf(request.Message!.Content), [.. violations]));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Rows.Report();
        if (Summary && !Quiet)
        {
            WriteObject(_rehearsal.Summary);
        }

        WriteVerbose(_rehearsal.Plan.Describe(Rows.Count));
        if (Quiet)
        {
            // Where no row came, a filter may be misspelt.
            WriteObject(_valid == Rows.Count && Rows.Count > 0);
        }
    }

    // The parameters determine the kind, even if a row has nothing to send. With -Content, the content does.
    private ContentType? KindOf(MessageContent? content)
    {
        if (Rows.Kind.Type is { } typed)
        {
            return typed;
        }

        (object? Part, ContentType Type)[] parts =
        [
            (content?.Basic, ContentType.Basic),
            (content?.Template, ContentType.Template),
            (content?.Minimal, ContentType.Minimal),
            (content?.Form, ContentType.Form),
            (content?.System, ContentType.System),
        ];
        ContentType[] kinds = [.. parts.Where(part => part.Part is not null).Select(part => part.Type)];
        return kinds.Length == 1 ? kinds[0] : null;
    }
}
