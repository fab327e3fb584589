using System.Globalization;
using System.Management.Automation;
using static WixInbox.PowerShell.Tests.Support.ConnectedScript;

namespace WixInbox.PowerShell.Tests;

/// <summary>An error that every further row would meet ends the run, which accounts for those on their way.</summary>
public sealed class RunEndTests
{
    private const string Rows = ConnectedScript.Rows;

    [Theory]
    [InlineData(401, null, "Unauthorized", ErrorCategory.AuthenticationError)]
    [InlineData(403, null, "PermissionDenied", ErrorCategory.PermissionDenied)]
    [InlineData(403, "PERMISSION_DENIED", "PermissionDenied", ErrorCategory.PermissionDenied)]
    [InlineData(404, "INBOX_INSTANCE_NOT_FOUND", "InboxNotFound", ErrorCategory.ObjectNotFound)]
    public void An_answer_that_every_row_would_get_ends_the_run(
        int status, string? code, string id, ErrorCategory category)
    {
        var handler = new StubHandler((_, _) => Task.FromResult(StubHandler.Error(status, code)));

        var result = Run(
            handler,
            "try { 1..50 | ForEach-Object { [pscustomobject]@{ ConversationId = $c; Text = \"x $_\" } } | "
                + "Send-WixInboxMessage -ThrottleLimit 1 -ErrorVariable failed } catch { $_ }; "
                + "$failed.TargetObject.Text");

        // The row has an error of its own: the one that ends the run is an exception in -ErrorVariable, and has no row.
        Assert.Equal("x 1", result.Output[1].ToString());
        var row = Assert.Single(result.Errors);
        var ended = Assert.IsType<ErrorRecord>(result.Output[0].BaseObject);
        Assert.All([row, ended], error => Assert.Equal((id, category), (error.Id(), error.CategoryInfo.Category)));
        Assert.DoesNotContain("No further row", row.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(
            " No further row was tried, since each would fail as row 1 did.",
            ended.ToString(),
            StringComparison.Ordinal);
        Assert.Equal(status, ((dynamic)ended.Exception).StatusCode);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public void A_message_that_was_typed_ends_with_an_error_of_its_own_alone()
    {
        var result = Run(
            new StubHandler((_, _) => Task.FromResult(StubHandler.Error(401))),
            "try { Send-WixInboxMessage -ConversationId $c x } catch { $_ }");

        var ended = Assert.IsType<ErrorRecord>(Assert.Single(result.Output).BaseObject);
        Assert.Equal("Unauthorized", ended.Id());
        Assert.Equal(Engine.Guid1, ended.TargetObject);
        Assert.DoesNotContain("No further row", ended.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Errors.Except([ended]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void A_wait_longer_than_is_wanted_ends_the_run_and_says_when_to_go_on(int sideBySide)
    {
        var handler = new StubHandler((_, _) =>
        {
            var answer = StubHandler.Error(429);
            answer.Headers.TryAddWithoutValidation("Retry-After", "1000");
            return Task.FromResult(answer);
        });

        var result = Run(
            handler,
            "try { 1..50 | ForEach-Object { [pscustomobject]@{ ConversationId = [guid]::NewGuid(); "
                + $"Text = \"x $_\" }} }} | Send-WixInboxMessage -ThrottleLimit {sideBySide} "
                + "-ErrorVariable others -ErrorAction SilentlyContinue } catch { $_ }; $others | "
                + "Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }");

        // Those that were to leave behind the first are accounted for, and wait for nothing.
        Assert.All(
            result.Output, item => Assert.Equal("RateLimited", Assert.IsType<ErrorRecord>(item.BaseObject).Id()));
        var error = (ErrorRecord)result.Output[0].BaseObject;
        Assert.Equal("RateLimited", error.Id());
        Assert.Equal(ErrorCategory.LimitsExceeded, error.CategoryInfo.Category);
        Assert.Contains("1,000 s", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Continue after", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1000).ToString(), PropertyOf(error, "RetryAfter"));

        // Those that had left before the first was refused.
        Assert.InRange(handler.Requests.Count, 1, sideBySide);
    }

    [Theory]
    [InlineData("ConversationId = $c; Text = 'x'", "-Text { $_.Name }", "ColumnUnknown")]
    [InlineData("ConversationId = $c; Text = 'x'", "-Journal $journal -KeyProperty Name", "KeyMissing")]
    [InlineData("Text = 'x'", "", "RecipientMissing")]
    public void An_error_that_ends_a_run_since_no_row_has_a_column_has_the_id_of_the_rows(
        string row, string parameters, string id)
    {
        using var folder = new TemporaryFolder();

        var error = End(
            new StubHandler(),
            $"$journal = '{folder.File("run.jsonl")}'; 1..3 | ForEach-Object {{ [pscustomobject]@{{ {row} }} }} | "
                + $"Send-WixInboxMessage {parameters}");

        Assert.Equal($"{id},WixInbox.Commands.SendWixInboxMessageCommand", error.FullyQualifiedErrorId);
    }

    [Fact]
    public void A_run_that_ends_still_accounts_for_the_rows_on_their_way()
    {
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new StubHandler(async (request, _) =>
        {
            if (request["conversationId"] == Engine.Guid1)
            {
                // Refused when the second is on its way.
                await second.Task;
                return StubHandler.Error(401);
            }

            second.SetResult();
            return StubHandler.Stored(request);
        });

        var result = Run(
            handler,
            $"try {{ {Rows}, [pscustomobject]@{{ Text = 'nobody' }} | "
                + "Send-WixInboxMessage -ThrottleLimit 3 } catch { $_.FullyQualifiedErrorId }");

        Assert.Equal("2", result.OutputOf("Id")[0]);
        Assert.Equal("Unauthorized,WixInbox.Commands.SendWixInboxMessageCommand", result.Output[1].ToString());
    }

    [Fact]
    public void Rows_that_met_the_end_of_the_run_have_errors_of_their_own_in_their_order()
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = 0;
        var handler = new StubHandler(async (_, _) =>
        {
            // Refused when all that go side by side are on their way.
            if (Interlocked.Increment(ref arrived) == 3)
            {
                all.SetResult();
            }

            await all.Task;
            return StubHandler.Error(401);
        });

        var result = Run(
            handler,
            "try { 1..9 | ForEach-Object { [pscustomobject]@{ ConversationId = [guid]::NewGuid(); Text = 'x' } } | "
                + "Send-WixInboxMessage -ThrottleLimit 3 } catch { $_ }");

        // The three: the slot of a refused row is free only when no further row may leave.
        Assert.Equal(3, result.Errors.Count);
        var rows = result.Errors
            .Select(error => int.Parse(error.ToString().Split(' ', ':')[1], CultureInfo.InvariantCulture))
            .ToArray();
        Assert.Equal(rows.Distinct().Order(), rows);

        // The reason is given once.
        Assert.All(result.Errors, error => Assert.Equal("Unauthorized", error.Id()));
        var reason = $"was not sent, for the same reason as row {rows[0]}.";
        Assert.Contains("Wix does not accept the token or key", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.All(result.Errors.Skip(1), error => Assert.EndsWith(reason, error.ToString(), StringComparison.Ordinal));

        // A row that had not been read when the run ended is in no count: the cmdlet never saw it.
        Assert.InRange(result.Errors.Count + (int)result.Summary.Properties["NotTried"].Value, 3, 9);
        Assert.Contains(
            $"No further row was tried, since each would fail as row {rows[0]} did.",
            Assert.Single(result.Output).ToString(),
            StringComparison.Ordinal);
    }
}
