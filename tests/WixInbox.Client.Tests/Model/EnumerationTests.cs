using System.Text.Json;
using WixInbox.Json;

namespace WixInbox.Tests.Model;

/// <summary>
/// The values of enumerations are typed here, UPPER_SNAKE on the wire, and kept by name where they are newer than this
/// client.
/// </summary>
public sealed class EnumerationTests
{
    [Fact]
    public void Every_value_has_the_name_that_the_api_gives_it()
    {
        Assert.Equal(["BUSINESS_AND_PARTICIPANT", "BUSINESS"], Wire<MessageVisibility>());
        Assert.Equal(["BUSINESS_TO_PARTICIPANT", "PARTICIPANT_TO_BUSINESS"], Wire<MessageDirection>());
        Assert.Equal(["CHAT", "EMAIL", "SMS", "FACEBOOK", "INSTAGRAM", "WHATSAPP"], Wire<ChannelType>());
        Assert.Equal(["CALLER", "PARTICIPANT"], Wire<SendAs>());
        Assert.Equal(["BUSINESS_AND_PARTICIPANT", "BUSINESS"], Wire<BadgeVisibility>());
        Assert.Equal(["PORTRAIT", "LANDSCAPE"], Wire<TemplateOrientation>());
        Assert.Equal(["BASIC", "TEMPLATE", "MINIMAL", "FORM", "SYSTEM", "UNSUPPORTED"], Wire<ContentType>());
    }

    [Fact(Skip = NotOnDesktop.Enumerations)]
    public void Every_name_of_the_api_is_read_as_its_value()
    {
        Assert.Equal(
            Enum.GetValues<MessageVisibility>(),
            Wire<MessageVisibility>().Select(name => EnumName.Parse<MessageVisibility>(name)!.Value));
        Assert.Equal(
            Enum.GetValues<MessageDirection>(),
            Wire<MessageDirection>().Select(name => EnumName.Parse<MessageDirection>(name)!.Value));
        Assert.Equal(Enum.GetValues<ChannelType>(), EnumName.Parse<ChannelType>(Wire<ChannelType>()));
        Assert.Equal(Enum.GetValues<ContentType>(), EnumName.Parse<ContentType>(Wire<ContentType>()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("Chat")]
    [InlineData("CHAT ")]
    [InlineData("PHONE")]
    [InlineData("UNKNOWN_CHANNEL_TYPE")]
    public void A_name_that_is_not_known_is_no_value(string? name)
    {
        Assert.Null(EnumName.Parse<ChannelType>(name));
    }

    [Fact]
    public void A_property_goes_from_its_value_to_its_name_and_back()
    {
        var message = new Message
        {
            Visibility = MessageVisibility.Business,
            Direction = MessageDirection.ParticipantToBusiness,
            SourceChannel = ChannelType.Whatsapp,
            TargetChannels = [ChannelType.Sms, ChannelType.Chat],
        };

        JsonCheck.Same(
            """{"visibility":"BUSINESS","direction":"PARTICIPANT_TO_BUSINESS","sourceChannel":"WHATSAPP","targetChannels":["SMS","CHAT"]}""",
            Json(message));
        Assert.Equal(MessageVisibility.Business, message.Visibility);
        Assert.Equal(MessageDirection.ParticipantToBusiness, message.Direction);
        Assert.Equal(ChannelType.Whatsapp, message.SourceChannel);
        Assert.Equal([ChannelType.Sms, ChannelType.Chat], message.TargetChannels!);

        message.Visibility = null;
        message.Direction = null;
        message.SourceChannel = null;
        message.TargetChannels = null;

        Assert.Equal("{}", Json(message));
        Assert.Null(message.Visibility);
        Assert.Null(message.TargetChannels);
    }

    [Fact]
    public void A_number_that_no_value_has_is_refused_when_it_is_set()
    {
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => new Message { SourceChannel = (ChannelType)99 });

        Assert.Contains("Chat, Email", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_not_known_is_no_value_and_can_be_read_by_its_field()
    {
        var message = Read("""{"sourceChannel":"PHONE","targetChannels":["AI_ASSISTANT","CHAT","FAX"],"visibility":7,"direction":"BUSINESS_TO_PARTICIPANT"}""");

        Assert.Null(message.SourceChannel);
        Assert.Null(message.Visibility);
        Assert.Equal([ChannelType.Chat], message.TargetChannels!);
        Assert.Equal(MessageDirection.BusinessToParticipant, message.Direction);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["sourceChannel"] = "PHONE",
                ["targetChannels"] = "AI_ASSISTANT,FAX",
                ["visibility"] = "7",
            },
            message.UnknownFields);
    }

    [Fact]
    public void A_value_set_in_place_of_an_unknown_name_is_what_is_written()
    {
        var message = Read("""{"sourceChannel":"PHONE"}""");

        message.SourceChannel = ChannelType.Sms;

        Assert.Equal("""{"sourceChannel":"SMS"}""", Json(message));
        Assert.Empty(message.UnknownFields);
    }

    [Theory]
    [InlineData("""{"visibility":1.5}""")]
    [InlineData("""{"visibility":99999999999999999999}""")]
    [InlineData("""{"visibility":true}""")]
    [InlineData("""{"visibility":{}}""")]
    [InlineData("""{"visibility":[]}""")]
    [InlineData("""{"targetChannels":"CHAT"}""")]
    [InlineData("""{"targetChannels":{}}""")]
    [InlineData("""{"targetChannels":[[]]}""")]
    [InlineData("""{"targetChannels":["CHAT",{}]}""")]
    [InlineData("""{"targetChannels":["\ud800"]}""")]
    [InlineData("""{"visibility":"\ud800"}""")]
    public async Task A_value_that_is_no_name_makes_the_answer_unreadable_and_does_not_throw(string fields)
    {
        var failure = await TestClient.FailAsync(
            Answer.Json(200, $$$"""{"message":{"id":"1","content":{},{{{fields[1..]}}} }"""), OutcomeKind.Ambiguous);

        Assert.Equal(FailureCause.UnreadableResponse, failure.Cause);
    }

    private static string[] Wire<T>()
        where T : struct, Enum =>
        EnumName.Of(Enum.GetValues<T>())!;

    private static Message Read(string message) => JsonSerializer.Deserialize(message, WixJson.Wire.Message)!;

    private static string Json(Message message) => JsonSerializer.Serialize(message, WixJson.Wire.Message);
}
