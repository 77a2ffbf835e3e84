import { render, type JSX } from 'preact';
import { useState } from 'preact/hooks';
import { announce } from '../../webview/ui/announce';
import { Button } from '../../webview/ui/button';
import { Checkbox } from '../../webview/ui/checkbox';
import { Disclosure } from '../../webview/ui/disclosure';
import { Dropdown } from '../../webview/ui/dropdown';
import { IconButton } from '../../webview/ui/iconButton';
import { Link } from '../../webview/ui/link';
import { Menu } from '../../webview/ui/menu';
import { ProgressRing } from '../../webview/ui/progressRing';
import { TextField } from '../../webview/ui/textField';
import { registerToolkit } from '../../webview/ui/toolkit';

/** Every control of webview/ui; what happens is written into the last line. */
function Controls(): JSX.Element {
  const [said, say] = useState('nothing');
  const [ticked, tick] = useState(true);
  const [chosen, choose] = useState('relative');
  const [text, write] = useState('a name');
  const [open, setOpen] = useState(false);
  const [pressed, press] = useState(false);
  const axes = ['step', 'relative', 'wall'].map((value) => ({ value, label: `By ${value}` }));
  return (
    <main>
      <h1>Controls</h1>
      <p>
        <Button appearance="primary" icon="play" hint="Starts at once" onClick={() => say('train')}>
          Train
        </Button>{' '}
        <Button icon="debug-stop" onClick={() => say('stop')}>
          Stop
        </Button>{' '}
        <Button busy onClick={() => say('busy')}>
          Saving
        </Button>{' '}
        <Button disabled onClick={() => say('disabled')}>
          Never
        </Button>
      </p>
      <p>
        <IconButton icon="save" label="Save checkpoint" onClick={() => say('saved')} />
        <IconButton icon="pin" label="Pin" pressed={pressed} onClick={() => press(!pressed)} />
        <IconButton icon="refresh" label="Drawing" busy onClick={() => say('busy')} />
        <Menu
          icon="ellipsis"
          label="More actions"
          items={[
            { label: 'Open log', icon: 'output', choose: () => say('log') },
            { label: 'Export curves', detail: 'CSV', choose: () => say('csv') },
            { label: 'Not now', disabled: true, choose: () => say('not now') },
            'separator',
            { label: 'Pinned', checked: true, choose: () => say('pinned') },
          ]}
        />
      </p>
      <p>
        <Checkbox
          label="Log scale"
          checked={ticked}
          onChange={(now) => {
            tick(now);
            say(`ticked ${now}`);
          }}
        />{' '}
        <Dropdown label="X axis" value={chosen} options={axes} onChange={choose} />{' '}
        <TextField label="Name" value={text} placeholder="none" onInput={write} />
      </p>
      <p>
        <ProgressRing />{' '}
        <Link hint="Moves the cursor" onClick={() => announce('at step 100')}>
          Step 100
        </Link>
      </p>
      <Disclosure title="Values" summary="4 runs" open={open} onToggle={setOpen}>
        <p>All the values.</p>
      </Disclosure>
      <output>
        {said}, {chosen}, {text}
      </output>
    </main>
  );
}

registerToolkit();
render(<Controls />, document.body);
