using System.Text;
using System.Text.Json.Nodes;
using WixInbox.Sandbox;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// A message whose answer was lost is known again whoever it is listed as being by: the participant of its conversation
/// (<see cref="SendAs.Participant"/>) is another one in each conversation.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class SenderIdentityTests
{
    private const string FirstMember = "11111111-0000-4000-8000-000000000001";
    private const string SecondMember = "11111111-0000-4000-8000-000000000002";

    [Theory]
    [InlineData(SendAs.Participant, SendAs.Participant)]
    [InlineData(SendAs.Participant, null)]
    [InlineData(null, SendAs.Participant)]
    [InlineData(null, null)]
    public void A_message_in_the_name_of_another_than_the_one_before_is_found_and_not_sent_again(
        SendAs? before, SendAs? lost)
    {
        using var run = new SandboxRun();
        run.Server.AddConversation(Sample.ConversationId, ParticipantKind.Member, FirstMember);
        run.Server.AddConversation(Sample.OtherConversationId, ParticipantKind.Member, SecondMember);

        var outcome = VirtualTime.Run(run.Time, async () =>
        {
            Assert.Equal(OutcomeKind.Succeeded, (await SendAsync(run, SandboxRun.Conversation, before)).Kind);
            run.Fail(SandboxRun.Send, FaultKind.ResetAfter);
            return await SendAsync(run, SandboxRun.Other, lost);
        });

        Assert.Equal(2, run.Stored.Count());
        Assert.Equal(MessageDelivery.Reconciled, outcome.Value?.Delivery);
    }

    [Fact]
    public void A_service_that_lists_another_sender_than_it_answered_is_not_sent_the_message_again()
    {
        using var run = new SandboxRun(between: new Listing());

        VirtualTime.Run(run.Time, async () =>
        {
            Assert.Equal(OutcomeKind.Succeeded, (await SendAsync(run, SandboxRun.Conversation, null)).Kind);
            run.Fail(SandboxRun.Send, FaultKind.ResetAfter);
            return await SendAsync(run, SandboxRun.Other, null);
        });

        Assert.Equal(2, run.Stored.Count());
    }

    private static Task<Outcome<Message>> SendAsync(SandboxRun run, Recipient to, SendAs? sendAs) =>
        run.Sender.SendAsync(to, Sample.Text("Hi!").With(request => request.SendAs = sendAs));

    // Names the Wix user whose key it is in a list, and the app in an answer.
    private sealed class Listing : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.Method != HttpMethod.Get)
            {
                return answer;
            }

            var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!;
            foreach (var message in json["messages"]!.AsArray())
            {
                message!["sender"] = new JsonObject { ["wixUserId"] = FirstMember };
            }

            answer.Content = new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json");
            return answer;
        }
    }
}
