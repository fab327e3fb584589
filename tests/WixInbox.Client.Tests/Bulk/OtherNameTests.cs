using WixInbox.Sandbox;
using WixInbox.Simulation;
using WixInbox.Tests.Journal;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// What an earlier run has sent to a conversation is not sent there again, whichever of its names the person has in
/// either run.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class OtherNameTests
{
    private const string MemberId = "33333333-0000-4000-8000-000000000001";

    private static readonly Dictionary<string, Recipient> s_names = new()
    {
        ["main address"] = Recipient.Email("ann@example.com"),
        ["further address"] = Recipient.Email("ann.at.home@example.com"),
        ["contact"] = SandboxRun.Contact,
        ["member"] = Recipient.Member(MemberId),
        ["conversation"] = SandboxRun.Conversation,
    };

    public static TheoryData<string, string, bool> Pairs
    {
        get
        {
            var data = new TheoryData<string, string, bool>();
            foreach (var before in s_names.Keys)
            {
                foreach (var now in s_names.Keys.Where(now => now != before))
                {
                    data.Add(before, now, false);
                    data.Add(before, now, true);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_was_sent_to_one_name_is_not_sent_to_another(string before, string now, bool isLost)
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        sandbox.AddContact(new SandboxContact
        {
            Id = Sample.ContactId,
            MemberId = MemberId,
            Emails = { "ann@example.com", "ann.at.home@example.com" },
        });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Member, MemberId);
        var storage = new MemoryStorage();
        if (isLost)
        {
            sandbox.AddFault(
                new Fault { Kind = FaultKind.ResetAfter, Method = "POST", PathPrefix = "/inbox/v2/messages" });
        }

        Send(before, AmbiguousAction.Skip);
        storage = new MemoryStorage(storage.Written);
        Send(now, AmbiguousAction.Reconcile);

        Assert.Single(sandbox.Ledger);

        void Send(string name, AmbiguousAction onAmbiguous)
        {
            using var client = TestClient.Over(sandbox, time);
            using var journal = Journals.Open(storage, keyProperty: null, time: time);
            using var run = BulkRuns.Open(client, new BulkRunOptions { OnAmbiguous = onAmbiguous }, journal);
            VirtualTime.Run(time, () => run.SendAsync(s_names[name], Sample.Text("Ready")));
        }
    }

    [Fact]
    public void A_row_that_was_left_open_is_not_the_one_that_says_the_same_to_another_name()
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });
        sandbox.AddFault(
            new Fault { Kind = FaultKind.ResetBefore, Method = "POST", PathPrefix = "/inbox/v2/messages" });
        var storage = new MemoryStorage();

        Send(AmbiguousAction.Skip, "contact", "main address");
        Assert.Single(sandbox.Ledger);
        storage = new MemoryStorage(storage.Written);
        Send(AmbiguousAction.Reconcile, "contact");

        Assert.Equal(2, sandbox.Ledger.Count);

        void Send(AmbiguousAction onAmbiguous, params string[] names)
        {
            using var client = TestClient.Over(sandbox, time);
            using var journal = Journals.Open(storage, keyProperty: null, time: time);
            using var run = BulkRuns.Open(client, new BulkRunOptions { OnAmbiguous = onAmbiguous }, journal);
            foreach (var name in names)
            {
                VirtualTime.Run(time, () => run.SendAsync(s_names[name], Sample.Text("Ready")));
            }
        }
    }

    [Fact]
    public void A_message_with_another_picture_is_another_one()
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        var storage = new MemoryStorage();

        Send("contact", "https://e.example/1.png");
        storage = new MemoryStorage(storage.Written);
        Send("conversation", "https://e.example/2.png");

        Assert.Equal(2, sandbox.Ledger.Count);

        void Send(string name, string picture)
        {
            var request = Sample.Text("Ready");
            var basic = request.Message!.Content!.Basic!;
            basic.Items = [.. basic.Items!, new BasicItem { Image = new ImageMessage { Url = picture } }];
            using var client = TestClient.Over(sandbox, time);
            using var journal = Journals.Open(storage, keyProperty: null, time: time);
            using var run = BulkRuns.Open(client, journal: journal);
            VirtualTime.Run(time, () => run.SendAsync(s_names[name], request));
        }
    }
}
