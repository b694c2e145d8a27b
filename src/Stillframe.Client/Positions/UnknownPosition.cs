namespace Stillframe.Client.Positions;

sealed class UnknownPosition : FramePosition
{
    public const string Text = "unknown";

    public override bool Contains(FramePosition other) => false;

    public override FramePosition With(FramePosition other) => this;

    public override string ToString() => Text;
}
