using System.Text;
using System.Text.Json.Nodes;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// A service that lists a message with a direction that says nothing, as it lists a channel that it was not told.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class ListedDirectionTests
{
    [Theory]
    [InlineData("UNKNOWN_DIRECTION")]
    [InlineData("BUSINESS_TO_CUSTOMER")]
    public void What_has_no_direction_that_is_known_is_not_proven_to_be_absent(string direction)
    {
        using var run = new SandboxRun(between: new Listing(direction));

        var outcome = VirtualTime.Run(run.Time, async () =>
        {
            Assert.Equal(
                OutcomeKind.Succeeded, (await run.Sender.SendAsync(SandboxRun.Other, Sample.Text("1"))).Kind);
            run.Fail(SandboxRun.Send, Sandbox.FaultKind.ResetAfter);
            return await run.Sender.SendAsync(SandboxRun.Conversation, Sample.Text("2"));
        });

        Assert.Equal(["1", "2"], run.Stored);
        Assert.NotEqual(MessageDelivery.Sent, outcome.Value?.Delivery);
    }

    private sealed class Listing(string direction) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.Method == HttpMethod.Get)
            {
                var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!;
                foreach (var message in json["messages"]!.AsArray())
                {
                    message!["direction"] = direction;
                }

                answer.Content = new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json");
            }

            return answer;
        }
    }
}
