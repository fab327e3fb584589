using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using WixInbox.Json;

namespace WixInbox.Tests.Json;

/// <summary>What is read is written back as it came, also where Wix is newer than this client.</summary>
public sealed class RoundTripTests
{
    private const string Image = """
        {"id":"11062b_a~mv2.jpg","url":"https://static.wixstatic.com/media/a.jpg","filename":"a.jpg","width":1200,"height":798.5,"urlExpiration":"2026-11-22T22:00:00Z"}
        """;

    private const string File = """
        {"id":"11062b_b.pdf","url":"https://static.wixstatic.com/media/b.pdf","filename":"b.pdf","mimeType":"application/pdf","urlExpiration":"2026-11-22T22:00:00.25Z"}
        """;

    private const string Buttons = """
        [{"label":"Open","launchUrl":"https://www.wix.com/"},
         {"label":"Book","postbackProperties":{"interactionId":"book","appId":"22bef345-3c5b-4c18-b782-74d4085112ff"}}]
        """;

    private static readonly Dictionary<string, string> s_contents = new()
    {
        ["basic"] = $$$"""
            {"previewText":"p","title":"t","contentType":"BASIC","basic":{"items":[{"text":"Hey!"},{"image":{{{Image}}}},{"file":{{{File}}}}]}}
            """,
        ["template"] = $$$"""
            {"previewText":"p","contentType":"TEMPLATE","template":{"title":"t","imageUrl":"https://www.wix.com/a.png","textLines":["one",""],"buttons":{{{Buttons}}},"orientation":"LANDSCAPE"}}
            """,
        ["minimal"] = """
            {"contentType":"MINIMAL","minimal":{"text":"m","iconUrl":"https://www.wix.com/i.png","url":"https://www.wix.com/"}}
            """,
        ["form"] = $$$"""
            {"contentType":"FORM","form":{"title":"t","description":"d","fields":[{"name":"n","value":"v"},{"name":"empty","value":""}],"media":[{"image":{{{Image}}}},{"file":{{{File}}}}]}}
            """,
        ["system"] = $$$"""
            {"contentType":"SYSTEM","system":{"text":"one\ntwo","buttons":{{{Buttons}}},"imageUrl":"https://www.wix.com/a.png"}}
            """,
    };

    public static TheoryData<string> Kinds => [.. s_contents.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_content_survives_with_all_its_fields(string kind)
    {
        var request = Request(kind);

        JsonCheck.Same(request, JsonCheck.RoundTrip(request, WixJson.Wire.SendMessageRequest));

        // Each field has its property: were one kept among the unknown instead, the same text would come out.
        Assert.All(
            Objects(JsonSerializer.Deserialize(request, WixJson.Wire.SendMessageRequest)!),
            known => Assert.Empty(known.UnknownFields));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fields_that_this_version_does_not_know_survive_at_every_level(string kind)
    {
        var request = Extended(Request(kind));

        JsonCheck.Same(request, JsonCheck.RoundTrip(request, WixJson.Wire.SendMessageRequest));
    }

    [Fact]
    public void Fields_that_this_version_does_not_know_survive_in_a_conversation()
    {
        const string known = """
            {"conversation":{"id":"6202c3bb-f263-3c16-8c90-d6387d9ed420","channels":["CHAT"],
              "participant":{"contactId":"5a0c4737-a2a0-4c37-a07e-d9fd87027023","memberId":"5a0c4737-a2a0-4c37-a07e-d9fd87027023"},
              "businessDisplayData":{"name":"Shop","imageUrl":"https://www.wix.com/a.png"},
              "participantDisplayData":{"name":"Zoë","imageUrl":"https://www.wix.com/b.png"}},"newConversation":true}
            """;
        var conversation = Extended(known);

        JsonCheck.Same(conversation, JsonCheck.RoundTrip(conversation, WixJson.Wire.GetOrCreateConversationResponse));
    }

    [Fact]
    public void An_unknown_field_can_be_read_as_json()
    {
        var message = Read("""{"id":"1","reactions":[{"emoji":"👍","count":2}],"pinned":true,"note":"x"}""");

        Assert.Equal(["note", "pinned", "reactions"], message.UnknownFields.Keys.Order());
        Assert.Equal("""[{"emoji":"👍","count":2}]""", message.UnknownFields["reactions"]);
        Assert.Equal("true", message.UnknownFields["pinned"]);
        Assert.Equal("\"x\"", message.UnknownFields["note"]);
    }

    [Fact]
    public async Task An_unknown_field_whose_bytes_are_no_UTF_8_can_be_read_and_is_written_back()
    {
        byte[] body = [.. """{"message":{"id":"7","note":{"a":"x"""u8, 0xED, 0xA0, 0x80, .. """ y"}}}"""u8];
        using var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body) };

        var outcome = await TestClient.SendAsync(answer);

        JsonNode?[] notes =
        [
            JsonNode.Parse(outcome.Value!.UnknownFields["note"]),
            JsonNode.Parse(JsonSerializer.Serialize(outcome.Value, WixJson.Wire.Message))!["note"],
        ];
        Assert.All(notes, note => Assert.Matches("^x\uFFFD+ y$", note!["a"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("\"AI_ASSISTANT\"", "AI_ASSISTANT")]
    [InlineData("\"Phone call\"", "Phone call")]
    [InlineData("\"\"", "")]
    [InlineData("17", "17")]
    [InlineData("-1", "-1")]
    public void A_value_of_an_enumeration_that_is_not_known_survives_wherever_it_stands(string json, string value)
    {
        var request = $$$"""
            {"sendAs":{{{json}}},"message":{"visibility":{{{json}}},"direction":{{{json}}},"sourceChannel":{{{json}}},"targetChannels":[{{{json}}},"CHAT",{{{json}}}],
             "badges":[{"badgeVisibility":{{{json}}} }],"content":{"contentType":{{{json}}},"template":{"orientation":{{{json}}} } } } }
            """;

        var read = JsonSerializer.Deserialize(request, WixJson.Wire.SendMessageRequest)!;

        Assert.Null(read.Message!.Visibility);
        Assert.Equal([ChannelType.Chat], read.Message.TargetChannels!);
        Assert.Equal(value, read.UnknownFields["sendAs"]);
        Assert.Equal(value, read.Message.UnknownFields["visibility"]);
        Assert.Equal(value + "," + value, read.Message.UnknownFields["targetChannels"]);
        JsonCheck.Same(request, JsonSerializer.Serialize(read, WixJson.Wire.SendMessageRequest));
    }

    [Fact]
    public void A_field_that_is_null_is_read_as_not_given()
    {
        var message = Read("""
            {"id":"1","content":null,"sender":null,"badges":null,"targetChannels":null,"sourceChannel":null,"targetChannelIds":null,"sourceChannelId":null,
             "appId":null,"visibility":null,"direction":null,"sequence":null,"createdDate":null,"silent":null}
            """);

        Assert.Equal(
            """{"message":{"id":"1"}}""",
            JsonSerializer.Serialize(new SendMessageRequest { Message = message }, WixJson.Wire.SendMessageRequest));
    }

    [Fact]
    public void A_list_with_a_null_in_it_can_be_read()
    {
        var message = Read("""{"id":"1","badges":[null],"targetChannels":[null],"targetChannelIds":[null],"content":{"basic":{"items":[null]}}}""");

        Assert.Null(Assert.Single(message.Badges!));
        Assert.Null(Assert.Single(message.Content!.Basic!.Items!));
        Assert.Empty(message.TargetChannels!);
    }

    [Theory]
    [InlineData("\"1640849952353627\"")]
    [InlineData("1640849952353627")]
    public void A_sequence_is_read_as_text_and_as_a_number_and_written_as_text(string json)
    {
        var message = Read($$$"""{"sequence":{{{json}}} }""");

        Assert.Equal(1640849952353627, message.Sequence);
        Assert.Equal(
            """{"message":{"sequence":"1640849952353627"}}""",
            JsonSerializer.Serialize(new SendMessageRequest { Message = message }, WixJson.Wire.SendMessageRequest));
    }

    [Fact]
    public void A_width_with_a_fraction_of_zero_is_a_whole_number_of_pixels()
    {
        var message = Read("""{"content":{"basic":{"items":[{"image":{"width":1200.0,"height":798.25}}]}}}""");

        var image = Assert.Single(message.Content!.Basic!.Items!).Image!;
        Assert.Equal(1200d, image.Width);
        Assert.Equal(798.25, image.Height);
    }

    private static Message Read(string message) =>
        JsonSerializer.Deserialize($$$"""{"message":{{{message}}} }""", WixJson.Wire.SendMessageRequest)!.Message!;

    private static string Request(string kind) => $$$"""
        {
          "conversationId": "6202c3bb-f263-3c16-8c90-d6387d9ed420",
          "sendNotifications": true, "silent": true, "sendAs": "PARTICIPANT", "typingDelay": 3,
          "message": {
            "id": "1640849952353627",
            "content": {{{s_contents[kind]}}},
            "sender": { "anonymousVisitorId": "a", "memberId": "m", "wixUserId": "w", "appId": "p", "contactId": "c" },
            "badges": [{ "text": "Email", "iconUrl": "https://www.wix.com/i.png", "badgeVisibility": "BUSINESS_AND_PARTICIPANT" }],
            "targetChannels": ["CHAT", "SMS"], "sourceChannel": "WHATSAPP", "targetChannelIds": ["CHAT"], "sourceChannelId": "EMAIL",
            "appId": "22bef345-3c5b-4c18-b782-74d4085112ff",
            "visibility": "BUSINESS", "direction": "PARTICIPANT_TO_BUSINESS",
            "sequence": "9223372036854775807", "createdDate": "2021-12-30T07:39:12.353Z", "silent": false
          }
        }
        """;

    private static string Extended(string json)
    {
        var root = JsonNode.Parse(json)!;
        Extend(root);
        return root.ToJsonString();
    }

    private static void Extend(JsonNode? node)
    {
        if (node is JsonArray elements)
        {
            foreach (var element in elements)
            {
                Extend(element);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var member in members.ToArray())
            {
                Extend(member.Value);
            }

            members["newInAYear"] = JsonNode.Parse("""{"list":[1,2.50,null,"x",{"deep":true}],"empty":{}}""");
            members["snake_case"] = "kept";
            members["nothing"] = null;
        }
    }

    /// <summary>Every object of the model that a request holds.</summary>
    private static IEnumerable<WixObject> Objects(object? value) => value switch
    {
        WixObject known =>
            known.GetType().GetProperties().SelectMany(property => Objects(property.GetValue(known))).Prepend(known),
        object[] elements => elements.SelectMany(Objects),
        _ => [],
    };
}
