namespace WixInbox.Tests;

/// <summary>Requests that break no rule, to be changed by a test.</summary>
internal static class Sample
{
    public const string ConversationId = "6202c3bb-f263-3c16-8c90-d6387d9ed420";
    public const string OtherConversationId = "5f65164f-b373-3cb9-be2e-f1fdc00c86a9";
    public const string ContactId = "5a0c4737-a2a0-4c37-a07e-d9fd87027023";

    public static SendMessageRequest Text(string? text = "Hey!") => Basic(new BasicItem { Text = text });

    public static SendMessageRequest Basic(params BasicItem[] items) =>
        Request(new MessageContent { Basic = new BasicContent { Items = items } });

    public static SendMessageRequest Template(TemplateContent template) =>
        Request(new MessageContent { Template = template });

    public static SendMessageRequest Button(Button button) => Template(new TemplateContent { Buttons = [button] });

    public static SendMessageRequest Minimal(MinimalContent minimal) =>
        Request(new MessageContent { Minimal = minimal });

    public static SendMessageRequest Form(FormContent form) => Request(new MessageContent { Form = form });

    public static SendMessageRequest Request(MessageContent? content) => new()
    {
        ConversationId = ConversationId,
        Message = new Message
        {
            Content = content,
            Visibility = MessageVisibility.BusinessAndParticipant,
            Direction = MessageDirection.BusinessToParticipant,
        },
    };

    /// <summary>The same request after a change.</summary>
    public static SendMessageRequest With(this SendMessageRequest request, Action<SendMessageRequest> change)
    {
        change(request);
        return request;
    }

    public static SendMessageRequest WithMessage(this SendMessageRequest request, Action<Message> change)
    {
        change(request.Message!);
        return request;
    }

    public static T[] Many<T>(int count, Func<T> make) => [.. Enumerable.Range(0, count).Select(_ => make())];
}
