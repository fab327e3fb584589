namespace WixInbox.PowerShell.Tests;

/// <summary>A command for each row, in place of one for all.</summary>
public sealed class RepeatedCallTests : JournaledRuns
{
    [Theory]
    [InlineData(
        "Contacts (1..6) | ForEach-Object { Send-WixInboxMessage -ContactId $_.ContactId -Text $_.Text }", false)]
    [InlineData("foreach ($contact in Contacts (1..6)) { $contact | Send-WixInboxMessage }", true)]
    public void A_command_for_each_row_is_told_once_what_that_costs(string script, bool readsColumns)
    {
        var result = RunWell(script);

        Assert.Equal(6, result.Output.Count);
        Assert.Equal(
            readsColumns,
            !Assert.Single(result.Warnings, IsOfLoop).Contains("No column is read", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Contacts (1..6) | Send-WixInboxMessage")]
    [InlineData("foreach ($n in 1, 2) { Contacts $n | Send-WixInboxMessage }")]
    [InlineData("Rows (1..6) | ForEach-Object { $_ | Send-WixInboxMessage }")]
    [InlineData("foreach ($n in 1..4) { Contacts ($n, ($n + 10)) | Send-WixInboxMessage }")]
    [InlineData(
        "Contacts 1 | Send-WixInboxMessage\nContacts 2 | Send-WixInboxMessage\nContacts 3 | Send-WixInboxMessage")]
    public void Any_other_command_is_not(string script) =>
        Assert.DoesNotContain(RunWell(script).Warnings, IsOfLoop);

    private static bool IsOfLoop(string warning) =>
        warning.StartsWith("Each row is sent by a command of its own", StringComparison.Ordinal);
}
