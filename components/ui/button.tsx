import { Link } from '@/components/ui/link';
import type { ButtonHTMLAttributes, ComponentProps } from 'react';

export type ButtonVariant = 'primary' | 'secondary' | 'warning' | 'link';

const CLASSES: Record<ButtonVariant, string> = {
  primary: 'nhsuk-button nhsuk-button--small',
  secondary: 'nhsuk-button nhsuk-button--small nhsuk-button--secondary-solid',
  warning: 'nhsuk-button nhsuk-button--small nhsuk-button--warning',
  link: 'link-button',
};

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { variant?: ButtonVariant };

/** One green (primary) button a page; secondary is white with a blue edge; link looks like a link but sends a form. */
export function Button({ variant = 'primary', className, type = 'submit', ...button }: ButtonProps) {
  return <button {...button} type={type} className={[CLASSES[variant], className].filter(Boolean).join(' ')} />;
}

/** A link that looks like a button. */
export function LinkButton({ variant = 'secondary', ...link }: Omit<ComponentProps<typeof Link>, 'className'> & { variant?: ButtonVariant }) {
  return <Link {...link} className={CLASSES[variant]} />;
}
