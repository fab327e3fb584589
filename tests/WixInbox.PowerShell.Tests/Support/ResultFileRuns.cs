namespace WixInbox.PowerShell.Tests.Support;

/// <summary>For tests of the file with what became of each row: runs that write one, <c>$results</c>.</summary>
public abstract class ResultFileRuns : JournaledRuns
{
    private protected const string Header =
        "\"Order\",\"ConversationId\",\"Text\",\"Row\",\"State\",\"Outcome\",\"Error\",\"MessageConversationId\","
            + "\"MessageId\",\"Time\"";

    private protected string Path => Folder.File("sent.csv");

    private protected Result Send(string script)
    {
        Engine.Set("results", Path);
        return Run(script);
    }

    private protected Result Results() => RunWell("Import-Csv $results");
}
