namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>For tests of what becomes of a row by one cell.</summary>
public abstract class ConsentRuns : RowRuns
{
    private protected const string Outcome = """
        function Get-Outcome($row) {
            $results = $row | Test-WixInboxMessage x -WarningVariable warnings -WarningAction Ignore
            if ($results.Valid -contains $false) { 'error' }
            elseif ("$warnings" -match 'no messages|may have died|who has died') { 'warning' }
            else { 'nothing' }
        }
        """;

    private protected void AssertAll(string outcome, string columns, string cells)
    {
        Engine.Set("columns", columns.Split('|'));
        Engine.Set("cells", cells.Split('|'));

        var others = Engine.Run(Outcome + """

            foreach ($column in $columns) {
                foreach ($cell in $cells) {
                    $found = Get-Outcome ([pscustomobject]@{ ConversationId = $c; $column = $cell })
                    "$column = '$cell': $found"
                }
            }
            """).Output.Select(one => one.ToString()).ToArray();

        Assert.Equal(columns.Split('|').Length * cells.Split('|').Length, others.Length);
        Assert.Equal(
            "", string.Join("\n", others.Where(one => !one.EndsWith($": {outcome}", StringComparison.Ordinal))));
    }
}
